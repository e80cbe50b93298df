// Only what makes a working page nicer: move to the error summary, warn before typed text is left.
const summary = document.getElementById('error-summary')
if (summary) summary.focus()
