// Only what makes a working page nicer: pages do all of it without.
const summary = document.getElementById('error-summary')
if (summary) summary.focus()

for (const note of document.querySelectorAll('[data-counts]')) {
  const field = document.getElementById(note.dataset.counts)
  const max = Number(note.dataset.max)
  // Line breaks count as one character here as on the server.
  const count = () => {
    const left = max - field.value.trim().length
    const text = left < 0 ? note.dataset.over : note.dataset.left
    note.textContent = text.replace('{n}', String(Math.abs(left)))
    note.classList.toggle('app-max-over', left < 0)
  }
  if (field.value !== '') count()
  field.addEventListener('input', count)
}

// Typed text is not left by accident; sending it is no accident.
const typedIn = new Set()
for (const form of document.querySelectorAll('form.app-form')) {
  form.addEventListener('input', () => typedIn.add(form))
  form.addEventListener('submit', () => typedIn.clear())
}
addEventListener('beforeunload', (event) => {
  if (typedIn.size > 0) event.preventDefault()
})
