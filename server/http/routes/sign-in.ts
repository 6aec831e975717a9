import { getApp } from '../app'
import { isToken, sessionValue, TOKEN_COOKIE } from '../doors'
import { signInPage } from '../sign-in-page'

const MAX_FORM_BYTES = 8192
const MAX_AGE_SECONDS = 30 * 86_400

/** GET /sign-in: a page without scripts. */
export function GET(request: Request): Response {
  const query = new URL(request.url).searchParams
  return page(safeTarget(query.get('next')), false)
}

/** POST /api/v1/sign-in: the page's form. A right token becomes a cookie that scripts cannot read. */
export async function POST(request: Request): Promise<Response> {
  const token = getApp().config.uiToken
  const text = await readForm(request)
  const form = new URLSearchParams(text ?? '')
  const target = safeTarget(form.get('next'))
  if (token === null) return redirect(target)
  if (text === null || !isToken(form.get('token') ?? '', token)) return page(target, true)
  const isSecure =
    new URL(request.url).protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https'
  // Lax, so that a link which somebody shared opens; writes and calls from other sites are refused at the doors.
  const cookie = `${TOKEN_COOKIE}=${sessionValue(token)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${MAX_AGE_SECONDS}${isSecure ? '; Secure' : ''}`
  return redirect(target, { 'set-cookie': cookie })
}

function page(next: string, isWrong: boolean): Response {
  return new Response(signInPage(next, isWrong), {
    status: isWrong ? 401 : 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}

function redirect(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { location, ...headers } })
}

/** Only a path of this site: `//evil.example` and `/\evil.example` are other sites to a browser. */
export function safeTarget(next: string | null): string {
  if (next === null || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return '/'
  return next
}

/** Null when it is larger than any token. */
async function readForm(request: Request): Promise<string | null> {
  const length = Number(request.headers.get('content-length') ?? '0')
  if (length > MAX_FORM_BYTES) return null
  const text = await request.text()
  return text.length > MAX_FORM_BYTES ? null : text
}
