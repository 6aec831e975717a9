import { randomBytes, randomUUID } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { readConfig } from '@/server/config'
import { checkDoors } from '@/server/http/doors'
import { checkPath } from '@/server/http/known-paths'
import { problemResponse } from '@/server/http/problem-response'
import { contentSecurityPolicy, SECURITY_HEADERS } from '@/server/http/security-headers'

const config = readConfig()

/** Every request passes here first: Host, Origin, the UI token, and the headers that every answer carries. */
export function proxy(request: NextRequest): Response {
  const { pathname, search } = request.nextUrl
  const verdict = checkDoors({ method: request.method, pathname, search, headers: request.headers }, config)
  if (verdict.kind === 'refuse') return secured(problemResponse(verdict.problem, randomUUID()))
  const wrong = verdict.kind === 'pass' ? checkPath(request.method, pathname) : null
  if (wrong) {
    const answer = problemResponse(wrong.problem, randomUUID())
    if (wrong.allow !== undefined) answer.headers.set('allow', wrong.allow)
    return secured(answer)
  }
  if (verdict.kind === 'sign-in') {
    // Next makes it relative again, so it is right behind a proxy that renames the host too.
    return secured(NextResponse.redirect(new URL(verdict.location, request.nextUrl)))
  }
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  // Next finds the nonce here and puts it on its own scripts.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return secured(response)
}

function secured(response: Response): Response {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value)
  return response
}
