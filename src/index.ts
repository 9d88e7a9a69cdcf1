export { loadCatalog } from './catalog/load.ts'
