import type { ActiveSpan } from '../core/active-span'
import { endHttp, http, sql } from '../core/calls'
import { Kind } from '../core/otlp'
import { INSTRUMENTATION } from '../shop/services'
import { BROKEN_VERSION } from '../shop/world'
import { fraudScore } from './llm-gateway'

export type Card = 'visa' | 'mastercard' | 'amex' | 'girocard'

export interface Charge {
  readonly orderId: string
  readonly cents: number
  readonly currency: string
  readonly card: Card
}

export type ChargeResult = 'paid' | 'declined' | 'timeout'

const ISSUERS: Readonly<Record<Card, string>> = {
  visa: 'visa.issuers.example',
  mastercard: 'mc.issuers.example',
  amex: 'amex.issuers.example',
  girocard: 'giro.issuers.example',
}
const ATTEMPTS = 3

/** Charges a card. On the broken version, in eu-west-1, with a visa card, the issuer times out. */
export function charge(from: ActiveSpan, order: Charge): ChargeResult {
  let result: ChargeResult = 'paid'
  http(
    from,
    'payment',
    { method: 'POST', route: '/charge', attributes: { 'payment.order.id': order.orderId } },
    (span) => {
      const { random, pod, scene } = span
      const broken =
        pod.version === BROKEN_VERSION &&
        pod.region === 'eu-west-1' &&
        order.card === 'visa' &&
        random.chance(scene.world.incident.failing(span.absoluteMs))
      span.set({
        'payment.card.type': order.card,
        'payment.amount': order.cents / 100,
        'payment.currency': order.currency,
        'payment.provider': 'acquirer-one',
      })
      span.info(`charging ${(order.cents / 100).toFixed(2)} ${order.currency}`, {
        'payment.card.type': order.card,
        'payment.order.id': order.orderId,
        'payment.card.last4': String(random.int(1000, 9999)),
      })
      sql(span, {
        operation: 'INSERT',
        table: 'charges',
        text: 'INSERT INTO charges (order_id, amount_cents, currency, state) VALUES ($1, $2, $3, $4)',
        ms: 3.4,
        database: 'payments',
      })
      span.child('fraud.score', { attributes: { 'fraud.provider': 'rules+llm' } }, (fraud) => {
        fraud.spend(2.5)
        fraud.event('rules.evaluated', { 'fraud.rules': 41 })
        if (order.cents > 20_000) fraudScore(fraud, order.card)
        fraud.set({ 'fraud.score': Math.round(random.between(1, 32)) })
      })
      result = attempts(span, order, broken)
      sql(span, {
        operation: 'UPDATE',
        table: 'charges',
        text: 'UPDATE charges SET state = $1, updated_at = now() WHERE order_id = $2',
        ms: 2.8,
        database: 'payments',
      })
      span.set({ 'payment.outcome': result })
      if (result === 'timeout') {
        span.httpStatus = 504
        span.error(`giving up on order ${order.orderId} after ${ATTEMPTS} attempts: issuer timeout`, {
          'payment.card.type': order.card,
          'payment.order.id': order.orderId,
          'service.version': pod.version,
        })
        span.throw(issuerTimeout(order.card), 'card_declined: issuer timeout')
        span.set({ 'error.type': '504' })
      } else if (result === 'declined') {
        span.httpStatus = 402
        span.info('card declined by issuer: insufficient funds', {
          'payment.order.id': order.orderId,
          'payment.decline.code': '51',
        })
      } else {
        span.info('charge captured', { 'payment.order.id': order.orderId, 'payment.card.type': order.card })
      }
    },
  )
  return result
}

function attempts(span: ActiveSpan, order: Charge, broken: boolean): ChargeResult {
  const { random } = span
  // A rare single timeout that the retry mends, everywhere and at any time.
  const hiccup = random.chance(0.02)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const fails = broken || (hiccup && attempt === 1)
    const delay = attempt === 1 ? undefined : 30 * 2 ** (attempt - 2)
    if (delay !== undefined) span.spend(delay, 0.1)
    const step = span.child(
      `charge card (attempt ${attempt})`,
      {
        attributes: { 'payment.card.type': order.card, 'payment.attempt': attempt, 'retry.delay_ms': delay },
      },
      (step) => {
        issuerCall(step, order, fails, broken)
        if (fails) step.throw(issuerTimeout(order.card), 'issuer timeout')
      },
    )
    if (step.failure === null) return random.chance(0.035) ? 'declined' : 'paid'
    if (attempt < ATTEMPTS) {
      span.warn(`issuer timed out, retrying (attempt ${attempt + 1} of ${ATTEMPTS})`, {
        'payment.card.type': order.card,
        'payment.attempt': attempt,
        'server.address': ISSUERS[order.card],
      })
    }
  }
  return 'timeout'
}

function issuerCall(step: ActiveSpan, order: Charge, fails: boolean, broken: boolean): void {
  const host = ISSUERS[order.card]
  step.spend(0.6)
  step.child(
    'POST /v2/authorisations',
    {
      kind: Kind.Client,
      scope: INSTRUMENTATION.nodejs.http,
      attributes: {
        'http.request.method': 'POST',
        'url.full': `https://${host}/v2/authorisations`,
        'url.template': '/v2/authorisations',
        'server.address': host,
        'server.port': 443,
        'network.protocol.version': '1.1',
        'peer.service': 'card-issuer',
        'http.request.resend_count': step.name.endsWith('1)') ? undefined : Number(step.name.at(-2)) - 1,
      },
    },
    (span) => {
      span.event('tls.handshake', { 'tls.protocol.version': '1.3', 'tls.resumed': !broken })
      span.spend(fails ? 700 : 62, fails ? 0.03 : 0.35)
      if (!fails) span.event('http.response.headers', {})
      span.httpStatus = fails ? 504 : 200
      if (fails) span.fail('504 Gateway Timeout', '504')
      endHttp(span, 'client')
    },
  )
}

const issuerTimeout = (card: Card) => ({
  type: 'IssuerTimeout',
  message: `card_declined: issuer ${ISSUERS[card]} did not answer within 700 ms`,
  frames: [
    'Charge.submit /app/dist/charge.js:118',
    'async retry /app/dist/retry.js:42',
    'async Charge.run /app/dist/charge.js:77',
    'async /app/dist/routes/charge.js:31',
    'process.processTicksAndRejections node:internal/process/task_queues:105',
  ],
  cause: {
    type: 'AbortError',
    message: 'The operation was aborted due to timeout',
    frames: [
      'Timeout._onTimeout node:internal/abort_controller:148',
      'listOnTimeout node:internal/timers:588',
    ],
  },
})
