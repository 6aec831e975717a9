import { describe, expect, it } from 'vitest'
import { checkDoors, type DoorConfig, sessionValue, TOKEN_COOKIE } from './doors'
import { safeTarget } from './routes/sign-in'

const LOCAL: DoorConfig = { listen: '127.0.0.1', uiToken: null }
const TOKEN = 'a-long-secret-token'
const OPEN: DoorConfig = { listen: '0.0.0.0', uiToken: TOKEN }

function verdict(config: DoorConfig, headers: Record<string, string>, method = 'GET', pathname = '/search') {
  const request = { method, pathname, search: '?a=1', headers: new Headers(headers) }
  const found = checkDoors(request, config)
  return found.kind === 'refuse' ? found.problem.code : found.kind
}

describe('Host', () => {
  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])(
    'lets %s in',
    (host) => {
      expect(verdict(LOCAL, { host })).toBe('pass')
    },
  )

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '',
    'a@localhost',
    'localhost:3000:1',
  ])('refuses %j (DNS rebinding)', (host) => {
    expect(verdict(LOCAL, { host })).toBe('forbidden')
    expect(verdict(LOCAL, {})).toBe('forbidden')
  })

  it('takes any name where a token guards the door', () => {
    expect(verdict(OPEN, { host: 'spanlight.example.com', authorization: `Bearer ${TOKEN}` })).toBe('pass')
  })
})

describe('reads of the API', () => {
  const host = 'localhost:3000'
  it.each([
    ['the own page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' }, 'pass'],
    ['the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, 'pass'],
    ['a link elsewhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }, 'pass'],
    ['a picture elsewhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }, 'forbidden'],
    ['a stream of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'empty' }, 'forbidden'],
    ['a frame elsewhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }, 'forbidden'],
  ])('from %s', (_, headers, expected) => {
    expect(verdict(LOCAL, { host, ...headers } as Record<string, string>, 'GET', '/api/v1/tail')).toBe(
      expected,
    )
  })
})

describe('writes', () => {
  const host = 'localhost:3000'
  it.each([
    ['the same origin', { origin: 'http://localhost:3000' }, 'pass'],
    ['a program', {}, 'pass'],
    ['another site', { origin: 'https://evil.example' }, 'forbidden'],
    ['another port', { origin: 'http://localhost:4000' }, 'forbidden'],
    ['a sandboxed page', { origin: 'null' }, 'forbidden'],
    [
      'what the browser calls cross-site',
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' },
      'forbidden',
    ],
    [
      'same-origin behind a proxy that renames the host',
      { 'sec-fetch-site': 'same-origin', origin: 'https://a.b' },
      'pass',
    ],
  ])('from %s', (_, headers, expected) => {
    expect(verdict(LOCAL, { host, ...headers } as Record<string, string>, 'POST', '/api/v1/search')).toBe(
      expected,
    )
  })
})

describe('UI token', () => {
  const host = 'spanlight.example.com'
  it('sends people to the sign-in page and programs away', () => {
    expect(verdict(OPEN, { host })).toBe('sign-in')
    expect(verdict(OPEN, { host }, 'GET', '/api/v1/sources')).toBe('unauthenticated')
    expect(verdict(OPEN, { host }, 'GET', '/sign-in')).toBe('pass')
    expect(verdict(OPEN, { host }, 'GET', '/sign-in/../api')).toBe('sign-in')
  })

  it('knows the cookie and the bearer token, and nothing else', () => {
    const cookie = `other=1; ${TOKEN_COOKIE}=${sessionValue(TOKEN)}`
    expect(verdict(OPEN, { host, cookie })).toBe('pass')
    expect(verdict(OPEN, { host, cookie: `${TOKEN_COOKIE}=${TOKEN}` })).toBe('sign-in')
    expect(verdict(OPEN, { host, cookie: `${TOKEN_COOKIE}=` })).toBe('sign-in')
    expect(verdict(OPEN, { host, authorization: `bearer ${TOKEN}` })).toBe('pass')
    expect(verdict(OPEN, { host, authorization: `Bearer ${TOKEN}x` })).toBe('sign-in')
    expect(verdict(OPEN, { host, authorization: `Basic ${TOKEN}` })).toBe('sign-in')
  })

  it('returns only to a path of this site', () => {
    expect(safeTarget('/search?source=traces&q=a%20b')).toBe('/search?source=traces&q=a%20b')
    for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', '', null, '/a\r\nb']) {
      expect(safeTarget(bad)).toBe('/')
    }
  })
})
