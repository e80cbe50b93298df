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

// What was sent and taken is kept no longer; what was refused is there to go back to.
const isSignedIn = document.querySelector('form[action="/log-ud"]') !== null
const [visit] = performance.getEntriesByType('navigation')
const isRefusal = summary !== null || visit?.responseStatus >= 400
if (!isSignedIn) sessionStorage.clear()
if (visit?.type === 'navigate' && !isRefusal) {
  for (const [key, kept] of Object.entries(sessionStorage)) {
    if (key.startsWith('typed ') && JSON.parse(kept).sent) sessionStorage.removeItem(key)
  }
}

// Typed text is not left by accident; sending it is no accident.
const unsaved = new Set()
addEventListener('beforeunload', (event) => {
  if (unsaved.size > 0) event.preventDefault()
})
for (const form of document.querySelectorAll('form.app-form')) {
  form.addEventListener('input', () => unsaved.add(form))
  if (form.dataset.autosave) saveByItself(form)
  else keepInTab(form)
  form.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) unsaved.clear()
  })
}

/**
 * A form that has a draft on the server saves it every 20 seconds and when a field is left. It says
 * when it did or why it did not, and keeps nobody signed in.
 */
function saveByItself(form) {
  const said = form.querySelector('[role=status]')
  let saving = null
  let stopped = false

  const send = async (keepalive) => {
    unsaved.delete(form)
    try {
      const body = new URLSearchParams(new FormData(form))
      body.delete('requestKey')
      const answer = await fetch(form.dataset.autosave, {
        method: 'POST',
        headers: { 'x-autosave': '1' },
        body,
        keepalive,
        signal: AbortSignal.timeout(15_000),
      })
      const { version, text, stop } = await answer.json()
      said.textContent = text
      if (answer.ok) form.elements.namedItem('version').value = version
      else unsaved.add(form)
      stopped = stop === true
    } catch {
      said.textContent = form.dataset.failed
      unsaved.add(form)
    }
    saving = null
  }
  const save = (keepalive = false) => {
    if (saving === null && !stopped && unsaved.has(form)) saving = send(keepalive)
  }
  setInterval(() => save(), 20_000)
  form.addEventListener('focusout', () => save())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save(true)
  })
  // What is on its way first, or the form would be older than its own draft.
  form.addEventListener('submit', (event) => {
    if (saving === null) return
    event.preventDefault()
    saving.finally(() => form.requestSubmit(event.submitter))
  })
}

/**
 * Any other form is kept in this tab until it is sent and taken: whoever leaves it, or goes back
 * from an error, finds it as it was. Gone with the tab, and when nobody is signed in.
 */
function keepInTab(form) {
  const key = `typed ${location.pathname} ${form.getAttribute('action')}`
  const fields = [...form.elements].filter(
    ({ name, type }) => name && !/^(_csrf|requestKey)$/.test(name) && !/submit|file/.test(type),
  )
  const isTicked = ({ type }) => /checkbox|radio/.test(type)
  let sent = false

  const kept = summary ? null : JSON.parse(sessionStorage.getItem(key))
  for (const [i, [name, value]] of (kept?.fields ?? []).entries()) {
    const field = fields[i]
    if (!field || field.name !== name) continue
    if (isTicked(field)) field.checked = value
    else field.value = value
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  form.addEventListener('submit', () => {
    sent = true
  })
  addEventListener('pagehide', () => {
    if (!isSignedIn || !(sent || unsaved.has(form))) return
    const values = fields.map((field) => [
      field.name,
      isTicked(field) ? field.checked : field.value,
    ])
    sessionStorage.setItem(key, JSON.stringify({ sent, fields: values }))
  })
}

// A page that the browser kept as it was has an old version and a used key.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})
