import type { ActiveSpan } from '../core/active-span'
import { endHttp, http } from '../core/calls'
import { type Attributes, Severity } from '../core/otlp'
import type { Body, Scene } from '../core/scene'
import { INSTRUMENTATION } from '../shop/services'

export interface Page {
  readonly method: 'GET' | 'POST'
  readonly route: string
  readonly path?: string
  readonly attributes?: Attributes
}

/** A request from a browser: the web server's span is the trace's root. */
export function page(scene: Scene, page: Page, body: Body): void {
  const { shopper } = scene
  const path = page.path ?? page.route
  scene.root(
    'web',
    `${page.method} ${page.route}`,
    {
      scope: INSTRUMENTATION.nodejs.http,
      attributes: {
        'http.request.method': page.method,
        'http.route': page.route,
        'url.path': path.split('?')[0]!,
        'url.query': path.split('?')[1],
        'url.scheme': 'https',
        'server.address': 'shop.example',
        'server.port': 443,
        'client.address': shopper.address,
        'user_agent.original': shopper.userAgent,
        'network.protocol.version': '2',
        'user.id': shopper.userId,
        'session.id': shopper.sessionId,
        'shop.customer.tier': shopper.tier,
        ...page.attributes,
      },
    },
    (web) => {
      web.spend(1.1)
      body(web)
      const ms = Math.round(web.nowMs - web.startMs)
      const severity = web.httpStatus >= 500 ? Severity.Error : Severity.Info
      web.log(severity, `${page.method} ${path} ${web.httpStatus} ${ms}ms`, {
        'http.request.method': page.method,
        'http.response.status_code': web.httpStatus,
        'user.id': shopper.userId,
        duration_ms: ms,
      })
      endHttp(web, 'server')
    },
  )
}

/** The API gateway in front of the services: authentication and a rate limit, then the work. */
export function throughGateway(
  web: ActiveSpan,
  method: string,
  route: string,
  path: string,
  body: Body,
): number {
  const status = http(web, 'gateway', { method, route, path }, (gateway) => {
    const { shopper } = gateway.scene
    gateway.set({ 'user.id': shopper.userId, 'shop.currency': shopper.currency })
    gateway.child(
      'middleware.authenticate',
      { attributes: { 'auth.method': 'session', 'user.id': shopper.userId } },
      (span) => {
        span.spend(0.5)
      },
    )
    gateway.spend(0.3)
    body(gateway)
    gateway.spend(0.4)
    const level = gateway.httpStatus >= 500 ? 'error' : gateway.httpStatus >= 400 ? 'warn' : 'info'
    gateway[level](`${method} ${path} ${gateway.httpStatus}`, {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': gateway.httpStatus,
      'user.id': shopper.userId,
      duration_ms: Math.round((gateway.nowMs - gateway.startMs) * 10) / 10,
    })
  })
  if (status >= 500) web.httpStatus = status === 504 ? 502 : status
  return status
}

/** Server-side rendering at the end of a page. */
export function render(web: ActiveSpan, component: string, medianMs = 9): void {
  web.child(
    `render ${component}`,
    { attributes: { 'next.span_type': 'AppRender.getBodyResult', 'next.route': component } },
    (span) => {
      span.spend(medianMs, 0.4)
    },
  )
}
