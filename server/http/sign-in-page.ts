/** The page as text: it must work without the app, its data and its scripts. */
export function signInPage(next: string, isWrong: boolean): string {
  const message = isWrong
    ? '<p role="alert" class="wrong">That is not the token of this Spanlight.</p>'
    : '<p>This Spanlight asks for its UI token (<code>SPANLIGHT_UI_TOKEN</code>).</p>'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in · Spanlight</title>
<style>
:root { color-scheme: dark light; --bg: #0f1115; --panel: #161920; --line: #2a2f3a; --fg: #e6e8ec; --muted: #9aa2b1; --accent: #6d8dff; --on: #0b0d12; --error: #ff7a7a }
@media (prefers-color-scheme: light) { :root { --bg: #f6f7f9; --panel: #fff; --line: #d8dce3; --fg: #1a1d23; --muted: #5a6270; --accent: #2f56d9; --on: #fff; --error: #b3261e } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--bg); color: var(--fg); font: 13px/1.5 Inter, system-ui, sans-serif }
main { width: min(340px, calc(100vw - 32px)); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 24px }
h1 { margin: 0 0 8px; font-size: 16px }
p { margin: 0 0 16px; color: var(--muted) }
.wrong { color: var(--error) }
label { display: block; margin-bottom: 4px }
input { width: 100%; box-sizing: border-box; height: 32px; padding: 0 8px; border: 1px solid var(--line); border-radius: 6px; background: var(--bg); color: var(--fg); font: inherit }
button { margin-top: 16px; width: 100%; height: 32px; border: 0; border-radius: 6px; background: var(--accent); color: var(--on); font: inherit; font-weight: 600; cursor: pointer }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
</style>
</head>
<body>
<main>
<h1>Spanlight</h1>
${message}
<form method="post" action="/api/v1/sign-in">
<input type="hidden" name="next" value="${escapeHtml(next)}">
<label for="token">UI token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button type="submit">Sign in</button>
</form>
</main>
</body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
