/** What makes the page quicker to use; without it, everything is still there to read. Its hash stands in the policy. */
export const script = `
'use strict'
const root = document.documentElement
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const one = selector => document.querySelector(selector)
const rows = all('.queue .row')
const articles = new Map(all('.cases > article').map(article => [article.id, article]))
const heapOf = row => row.closest('.heap')?.dataset.heap
const targetOf = row => articles.get((row.getAttribute('href') || '').slice(1))
const search = one('.search')
const texts = new Map()
const desk = matchMedia('(min-width: 900px)')
const wanted = { show: 'all', decide: 'all' }
let current

root.classList.add('js')

function visible() {
  return rows.filter(row => !row.closest('[hidden]') && targetOf(row))
}

function open(row) {
  for (const article of all('.cases > .open')) article.classList.remove('open')
  current?.removeAttribute('aria-current')
  current = row
  if (!row) return
  row.setAttribute('aria-current', 'true')
  targetOf(row).classList.add('open')
  one('.cases').scrollTop = 0
}

function fromAddress() {
  const row = rows.find(row => location.hash.length > 1 && row.getAttribute('href') === location.hash)
  root.classList.toggle('reading', row !== undefined)
  if (row) open(row)
  else if (desk.matches && (!current || current.closest('[hidden]'))) open(visible()[0])
  if (desk.matches || !row) current?.scrollIntoView({ block: 'nearest' })
  else scrollTo(0, 0)
}

function move(step) {
  const list = visible()
  const at = list.indexOf(current)
  const row = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step))]
  if (!row) return
  open(row)
  if (root.classList.contains('reading')) replaceAddress(row.getAttribute('href'))
  row.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
}

function replaceAddress(hash) {
  try {
    history.replaceState(null, '', hash)
  } catch {}
}

function textOf(row) {
  if (!texts.has(row)) texts.set(row, (row.textContent + ' ' + (targetOf(row)?.textContent || '')).toLowerCase())
  return texts.get(row)
}

function fitting(choice, value) {
  return choice === 'all' || choice === value
}

function filter() {
  const words = search.value.toLowerCase().split(' ').filter(word => word !== '')
  let found = 0
  for (const heap of all('.heap')) {
    let here = 0
    for (const row of all('.row', heap)) {
      const fits = fitting(wanted.show, row.dataset.state || heap.dataset.heap) && fitting(wanted.decide, heap.dataset.heap) && words.every(word => textOf(row).includes(word))
      row.parentElement.hidden = !fits
      if (fits) here += 1
    }
    for (const block of all('ol', heap)) block.hidden = !block.querySelector('li:not([hidden])')
    heap.hidden = here === 0
    one('.heap[data-heap="' + heap.dataset.heap + '"] h2 b').textContent = here.toLocaleString('en-US')
    found += here
  }
  const total = all('.heap .row').length
  root.classList.toggle('few', found <= 2000)
  one('.none').hidden = found > 0 || total === 0
  one('.status').textContent = found === total ? '' : found.toLocaleString('en-US') + ' of ' + total.toLocaleString('en-US') + ' shown'
  if (desk.matches && (!current || current.closest('[hidden]'))) open(visible().find(heapOf))
}

function ticks(article) {
  const key = 'afterleak/' + document.body.dataset.run + '/' + article.dataset.case
  const boxes = all('[data-step]', article)
  try {
    const kept = JSON.parse(localStorage.getItem(key) || '[]')
    for (const box of boxes) box.checked = kept.includes(Number(box.dataset.step))
  } catch {}
  for (const box of boxes) box.addEventListener('change', () => keep(key, boxes))
}

function keep(key, boxes) {
  const ticked = boxes.filter(box => box.checked).map(box => Number(box.dataset.step))
  try {
    localStorage.setItem(key, JSON.stringify(ticked))
  } catch {}
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const typing = event.target === search
  const reading = event.target.closest?.('.cases')
  if (event.key === 'Escape' && typing) {
    search.value = ''
    filter()
    search.blur()
  } else if (event.key === '/' && !typing) search.focus()
  else if (event.key === 'ArrowDown' && !reading) move(typing ? 0 : 1)
  else if (event.key === 'ArrowUp' && !reading && !typing) move(-1)
  else if (event.key === 'j' && !typing) move(1)
  else if (event.key === 'k' && !typing) move(-1)
  else return
  event.preventDefault()
}

for (const name of Object.keys(wanted)) {
  const buttons = all('[data-' + name + ']')
  for (const button of buttons)
    button.addEventListener('click', () => {
      wanted[name] = button.dataset[name]
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button))
      filter()
    })
}
for (const article of articles.values()) if (article.dataset.case) ticks(article)
search.addEventListener('input', filter)
addEventListener('keydown', pressed)
addEventListener('hashchange', fromAddress)
desk.addEventListener('change', fromAddress)
fromAddress()
`
