import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checkPath } from './known-paths'

const codeOf = (method: string, pathname: string) => checkPath(method, pathname)?.problem.code ?? 'pass'

it.each([
  ['GET', '/search'],
  ['GET', '/nope'],
  ['POST', '/api/v1/search'],
  ['OPTIONS', '/api/v1/search'],
  ['POST', '/api/v1/search/nearest'],
  ['POST', '/api/v1/sign-in'],
  ['HEAD', '/api/v1/openapi.json'],
  ['GET', '/api/v1/rows/traces/1.2'],
  ['GET', `/api/v1/traces/${'a'.repeat(32)}/spans/${'b'.repeat(16)}`],
])('passes %s %s', (method, pathname) => {
  expect(codeOf(method, pathname)).toBe('pass')
})

it.each([
  ['GET', '/api/v1/search', 'method_not_allowed'],
  ['DELETE', '/api/v1/rows/traces/1', 'method_not_allowed'],
  ['GET', '/api', 'not_found'],
  ['GET', '/api/v1/nope', 'not_found'],
  ['GET', '/api/v1/openapi_json', 'not_found'],
  ['POST', '/api/v1/search/', 'not_found'],
  ['GET', '/api/v1/rows/traces/%ff', 'invalid_request'],
  ['GET', '/trace/%', 'invalid_request'],
])('%s %s is %s', (method, pathname, code) => {
  expect(codeOf(method, pathname)).toBe(code)
})

it('says which methods would work', () => {
  expect(checkPath('GET', '/api/v1/search')?.allow).toBe('POST, OPTIONS')
})

it('knows every route that there is', () => {
  const routes = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/route.ts'))
    .map((file) => `/api/${file.slice(0, -'/route.ts'.length).replaceAll('\\', '/')}`)
  expect(routes.length).toBeGreaterThan(10)
  for (const route of routes) {
    expect([route, codeOf('OPTIONS', route.replace(/\[\w+\]/g, 'x'))]).toEqual([route, 'pass'])
  }
})
