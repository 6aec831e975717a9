import { randomBytes, randomUUID } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { readConfig } from '@/server/config'
import { checkDoors } from '@/server/http/doors'
import { problemResponse } from '@/server/http/problem-response'
import { contentSecurityPolicy, SECURITY_HEADERS } from '@/server/http/security-headers'

const config = readConfig()

/** Every request passes here first: Host, Origin, the UI token, and the headers that every answer carries. */
export function proxy(request: NextRequest): Response {
  const { pathname, search } = request.nextUrl
  const verdict = checkDoors({ method: request.method, pathname, search, headers: request.headers }, config)
  if (verdict.kind === 'refuse') return secured(problemResponse(verdict.problem, randomUUID()))
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
