/** Goes from session to session on the line of time, by pointer or arrow keys, and shows the evidence of each. */
export const timelineScript = `
function timeOf(section) {
  const line = section.querySelector('.line-of-time')
  const told = section.querySelector('.told')
  const marks = all('[data-at]', line)
  let at = -1
  function tell(mark) {
    const row = section.querySelector('tr[data-at="' + mark.dataset.at + '"]')
    if (!row) return
    for (const other of marks) other.classList.toggle('chosen', other === mark)
    at = marks.indexOf(mark)
    told.replaceChildren(...[...row.cells].map(cell => {
      const part = document.createElement('div')
      part.append(...[...cell.cloneNode(true).childNodes])
      return part
    }))
    told.children[3]?.prepend('p ')
  }
  function pointed(event) {
    let [nearest, least] = [undefined, 22]
    for (const mark of marks) {
      const { left, right, top, bottom } = mark.getBoundingClientRect()
      const apart = Math.hypot((left + right) / 2 - event.clientX, (top + bottom) / 2 - event.clientY)
      if (apart < least) [nearest, least] = [mark, apart]
    }
    if (nearest && nearest !== marks[at]) tell(nearest)
  }
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    tell(marks[Math.min(marks.length - 1, Math.max(0, next))])
  }
  if (marks.length === 0) return
  line.tabIndex = 0
  line.setAttribute('role', 'group')
  line.setAttribute('aria-label', 'Sessions in the order of time: left and right arrow keys go from one to the next')
  told.setAttribute('aria-live', 'polite')
  line.addEventListener('keydown', pressed)
  for (const type of ['pointermove', 'pointerdown']) line.addEventListener(type, pointed)
  line.addEventListener('focus', () => at < 0 && tell(marks.find(mark => mark.dataset.at === line.dataset.first) || marks[0]))
}

for (const section of all('.sessions')) timeOf(section)
addEventListener('beforeprint', () => {
  for (const folded of all('details:not([open])')) {
    folded.open = true
    folded.dataset.folded = ''
  }
})
addEventListener('afterprint', () => {
  for (const folded of all('[data-folded]')) folded.open = false
})
`
