import { createHash, timingSafeEqual } from 'node:crypto'
import { ProblemError } from '@/lib/api/problem-error'
import { isLoopback } from '@/server/config'

export interface DoorConfig {
  readonly listen: string
  readonly uiToken: string | null
}

export interface DoorRequest {
  readonly method: string
  readonly pathname: string
  readonly search: string
  readonly headers: Headers
}

export const TOKEN_COOKIE = 'spanlight_session'

/** Where everybody may go: the sign-in page, and compiled files that hold no data. */
const OPEN = /^\/(sign-in$|api\/v1\/sign-in$|_next\/static\/|favicon\.ico$|icon\.svg$)/

export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'refuse'; readonly problem: ProblemError }
  | { readonly kind: 'sign-in'; readonly location: string }

/** Who may come in, decided before any route runs. */
export function checkDoors(request: DoorRequest, config: DoorConfig): Verdict {
  if (!isKnownHost(request.headers.get('host'), config)) {
    // A page elsewhere whose name was pointed at this address (DNS rebinding) has a Host of its own.
    return refuse('forbidden', 'This address is not one that Spanlight serves.', 'Open it as localhost.')
  }
  if (!isRead(request.method) && !isSameOrigin(request.headers)) {
    return refuse('forbidden', 'Requests that change something must come from Spanlight’s own pages.')
  }
  if (isRead(request.method) && request.pathname.startsWith('/api/') && isFromElsewhere(request.headers)) {
    // It could not read the answer, but every picture on it could make the engine work.
    return refuse('forbidden', 'Other sites may not call this API from a browser.')
  }
  if (config.uiToken === null || OPEN.test(request.pathname) || isSignedIn(request.headers, config.uiToken)) {
    return { kind: 'pass' }
  }
  if (request.pathname.startsWith('/api/')) {
    return refuse('unauthenticated', 'Sign in, or send the header Authorization: Bearer with the UI token.')
  }
  return {
    kind: 'sign-in',
    location: `/sign-in?next=${encodeURIComponent(request.pathname + request.search)}`,
  }
}

/** With a token any name will do: who has it may come from anywhere. Without one only this machine's own names. */
export function isKnownHost(host: string | null, config: DoorConfig): boolean {
  if (config.uiToken !== null) return true
  const name = hostName(host)
  return name !== null && (isLoopback(name) || name === config.listen.toLowerCase())
}

/** Null for what is no `name`, `name:port` or `[v6]:port`. */
function hostName(host: string | null): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host ?? '')
  return match?.[1]?.toLowerCase() ?? null
}

/**
 * Browsers say themselves where a request comes from, and a script cannot forge it. Older ones send only Origin,
 * programs neither: they cannot be tricked into carrying somebody's cookie.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  if (origin === null) return true
  try {
    return new URL(origin).host === headers.get('host')
  } catch {
    return false
  }
}

/** A request that a page of another origin makes, not a person who follows a link to it. */
function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== 'cross-site' && site !== 'same-site') return false
  return headers.get('sec-fetch-dest') !== 'document'
}

/** What the cookie holds: proof of the token, not the token. */
export function sessionValue(token: string): string {
  return digest(`spanlight-ui-session:${token}`).toString('base64url')
}

export function isToken(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token))
}

function isSignedIn(headers: Headers, token: string): boolean {
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer !== undefined && isToken(bearer.trim(), token)) return true
  const cookie = cookieValue(headers.get('cookie') ?? '', TOKEN_COOKIE)
  return cookie !== null && isToken(cookie, sessionValue(token))
}

function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}

/** Equal lengths, so that the comparison takes the same time whatever is given. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

function refuse(code: 'forbidden' | 'unauthenticated', message: string, hint?: string): Verdict {
  return { kind: 'refuse', problem: new ProblemError(code, message, hint === undefined ? {} : { hint }) }
}
