import { dirname, relative, resolve } from 'node:path'
import ts from 'typescript'

/** Where the program's own files are. */
export const root = resolve('src')

/** One import of one file: a path from `src/` (`model/secret.ts`), or a package's name. */
export interface Import {
  readonly from: string
  readonly to: string
  readonly names: readonly string[]
  readonly typeOnly: boolean
}

/** Every import in a file's text: static, dynamic, of types, and re-exports. */
export function importsIn(file: string, text: string): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, names: readonly string[], typeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return
    const to = specifier.text.startsWith('.')
      ? relative(root, resolve(root, dirname(file), specifier.text))
      : specifier.text
    found.push({ from: file, to, names, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(
        node.moduleSpecifier,
        namesOf(node.importClause),
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
      )
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, ['*'], node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, ['*'], true)
    else if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
    )
      add(node.arguments[0], ['*'], false)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true))
  return found
}

function namesOf(clause: ts.ImportClause | undefined): readonly string[] {
  const bindings = clause?.namedBindings
  const named =
    bindings !== undefined && ts.isNamedImports(bindings)
      ? bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
      : []
  return [
    ...(clause?.name === undefined ? [] : ['default']),
    ...(bindings !== undefined && ts.isNamespaceImport(bindings) ? ['*'] : []),
    ...named,
  ]
}

/** Whether code uses a global by one of these names. A property or a parameter of that name is another thing. */
export function mentionedIn(text: string, names: readonly string[]): boolean {
  let found = false
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.getText() === 'globalThis' &&
      names.includes(node.name.text)
    )
      found = true
    if (ts.isIdentifier(node) && names.includes(node.text)) {
      const { parent } = node
      const isMember =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        ts.isPropertyAssignment(parent) ||
        ts.isPropertySignature(parent) ||
        ts.isMethodSignature(parent) ||
        ts.isTypeReferenceNode(parent)
      if (!isMember) found = true
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('sample.ts', text, ts.ScriptTarget.ESNext, true))
  return found
}
