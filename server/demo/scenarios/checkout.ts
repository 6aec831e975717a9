import type { ActiveSpan } from '../core/active-span'
import { grpc, http, publish, redis, sql } from '../core/calls'
import { Kind } from '../core/otlp'
import type { Scene } from '../core/scene'
import { PRODUCTS } from '../shop/content'
import { INSTRUMENTATION } from '../shop/services'
import { page, render, throughGateway } from './page'
import { type Card, type ChargeResult, charge } from './payment'
import { convert, getProduct, recommend } from './shared-calls'

/** The main street of the shop: cart, prices, payment, order, and what follows over the queue. */
export function checkout(scene: Scene): void {
  const { random, shopper } = scene
  const card = random.weighted<Card>([
    ['visa', 0.54],
    ['mastercard', 0.3],
    ['amex', 0.09],
    ['girocard', 0.07],
  ])
  const orderId = `ord_${random.hex(4)}`
  const items = Array.from({ length: random.int(1, 4) }, () => random.pick(PRODUCTS))
  const cents = items.reduce((sum, item) => sum + item.cents, 490)
  page(scene, { method: 'POST', route: '/checkout', attributes: { 'shop.order.id': orderId } }, (web) => {
    const status = throughGateway(web, 'POST', '/api/checkout', '/api/checkout', (gateway) => {
      http(
        gateway,
        'cart',
        { method: 'GET', route: '/cart/{id}', path: `/cart/${shopper.cartId}` },
        (cart) => {
          cart.set({ 'shop.cart.id': shopper.cartId, 'shop.cart.items': items.length })
          redis(cart, 'GET', `cart:${shopper.cartId}`)
          redis(cart, 'HGETALL', `cart:${shopper.cartId}:items`, 1.4)
          cart.debug(`Loaded cart with ${items.length} items`, { CartId: shopper.cartId })
        },
      )
      gateway.parallel(items.map((item) => (lane) => getProduct(lane, item)))
      let result = 'paid' as ChargeResult
      grpc(gateway, 'checkout', 'shop.CheckoutService', 'PlaceOrder', (order) => {
        order.set({ 'shop.order.id': orderId, 'shop.order.items': items.length, 'user.id': shopper.userId })
        result = placeOrder(order, orderId, card, cents)
      })
      gateway.httpStatus = result === 'paid' ? 201 : result === 'declined' ? 402 : 504
      if (result === 'timeout') gateway.fail('upstream checkout: payment timed out', '504')
    })
    if (status === 402) web.httpStatus = 402
    if (status === 201) recommend(web, items[0]!.id, 3)
    render(web, status === 201 ? '/checkout/done' : '/checkout/problem')
    web.info(`checkout ${status === 201 ? 'completed' : 'failed'}`, {
      'shop.order.id': orderId,
      'user.id': shopper.userId,
      status,
    })
  })
}

function placeOrder(order: ActiveSpan, orderId: string, card: Card, cents: number): ChargeResult {
  const { random, scene } = order
  const { currency } = scene.shopper
  order.info('placing order', {
    'shop.order.id': orderId,
    'user.id': scene.shopper.userId,
    total_cents: cents,
  })
  order.child('prepare order', { attributes: { 'shop.order.id': orderId } }, (prepare) => {
    convert(prepare, cents, currency)
    prepare.child(
      'calculate shipping',
      { attributes: { 'shipping.zone': scene.shopper.region } },
      (s) => void s.spend(1.5),
    )
    sql(prepare, {
      operation: 'INSERT',
      table: 'orders',
      text: 'INSERT INTO orders (id, user_id, total_cents, currency, state) VALUES ($1, $2, $3, $4, $5)',
      ms: 5,
    })
  })
  if (random.chance(0.008)) deadlock(order, orderId)
  const result = charge(order, { orderId, cents, currency, card })
  const paid = result === 'paid'
  sql(order, {
    operation: 'UPDATE',
    table: 'orders',
    text: 'UPDATE orders SET state = $1 WHERE id = $2',
    ms: 3,
  })
  if (paid) {
    redis(order, 'DEL', `cart:${scene.shopper.cartId}`)
    publish(order, 'order.created', orderId)
    order.info('order placed', { 'shop.order.id': orderId, total_cents: cents, currency })
  } else {
    publish(order, 'order.failed', orderId, { 'shop.order.failure': result })
  }
  notify(order, paid ? 'order.created' : 'order.failed', orderId)
  if (result === 'timeout') {
    order.error('payment failed', { 'shop.order.id': orderId, error: 'POST /charge: 504 Gateway Timeout' })
    order.throw(
      {
        type: '*checkout.PaymentError',
        message: `charge order ${orderId}: payment answered 504 Gateway Timeout`,
        frames: [
          'shop/checkout/internal/payment.(*Client).Charge /src/internal/payment/client.go:133',
          'shop/checkout/internal/order.(*Service).PlaceOrder /src/internal/order/service.go:88',
          'shop/checkout/internal/rpc.(*Server).PlaceOrder /src/internal/rpc/server.go:52',
          'google.golang.org/grpc.(*Server).processUnaryRPC /go/pkg/mod/google.golang.org/grpc@v1.76.0/server.go:1431',
        ],
      },
      'payment timed out',
    )
  }
  return result
}

/** Two orders for the same stock row; the database ends one and the retry succeeds. */
function deadlock(order: ActiveSpan, orderId: string): void {
  sql(
    order,
    {
      operation: 'UPDATE',
      table: 'stock',
      text: 'UPDATE stock SET reserved = reserved + $1 WHERE product_id = $2',
      ms: 1012,
    },
    (db) => {
      db.throw(
        {
          type: '*pgconn.PgError',
          message: 'ERROR: deadlock detected (SQLSTATE 40P01)',
          frames: [
            'github.com/jackc/pgx/v5/pgconn.(*PgConn).ExecParams /go/pkg/mod/github.com/jackc/pgx/v5@v5.7.6/pgconn/pgconn.go:1148',
            'shop/checkout/internal/stock.(*Store).Reserve /src/internal/stock/store.go:61',
            'shop/checkout/internal/order.(*Service).PlaceOrder /src/internal/order/service.go:71',
          ],
        },
        'deadlock detected',
      )
      db.set({ 'db.response.status_code': '40P01' })
    },
  )
  order.warn('deadlock on stock, retrying transaction', { 'shop.order.id': orderId, attempt: 2 })
  order.spend(25)
  sql(order, {
    operation: 'UPDATE',
    table: 'stock',
    text: 'UPDATE stock SET reserved = reserved + $1 WHERE product_id = $2',
    ms: 4,
  })
}

/** E-mail reads the message in the same trace, after the customer has had an answer. */
function notify(order: ActiveSpan, topic: string, orderId: string): void {
  const { random, scene } = order
  order.later(random.logNormal(60, 0.6), (lane) => {
    lane.child(
      `process ${topic}`,
      {
        service: 'email',
        kind: Kind.Consumer,
        scope: INSTRUMENTATION.ruby.kafka,
        attributes: {
          'messaging.system': 'kafka',
          'messaging.destination.name': topic,
          'messaging.consumer.group.name': 'email',
          'messaging.operation.name': 'process',
          'messaging.operation.type': 'process',
          'messaging.kafka.offset': random.int(4_000_000, 4_900_000),
          'shop.order.id': orderId,
        },
      },
      (mail) => {
        const template = topic === 'order.created' ? 'order_confirmation' : 'payment_problem'
        mail.child(
          'render template',
          { attributes: { 'email.template': template, 'email.locale': 'en' } },
          (s) => void s.spend(14),
        )
        const bounced = random.chance(0.01)
        mail.child(
          'smtp send',
          {
            kind: Kind.Client,
            attributes: {
              'server.address': 'smtp.mail.example',
              'server.port': 587,
              'email.recipient.domain': 'customer.example',
            },
          },
          (smtp) => {
            smtp.spend(130, 0.4)
            if (bounced) {
              smtp.throw({
                type: 'Net::SMTPServerBusy',
                message: '450 4.2.1 mailbox temporarily unavailable',
                frames: [
                  'Net::SMTP#check_response /usr/local/bundle/gems/net-smtp-0.5.1/lib/net/smtp.rb:1033',
                  'ShopEmail::Sender#deliver /app/lib/shop_email/sender.rb:58',
                  'ShopEmail::OrderConsumer#process /app/lib/shop_email/order_consumer.rb:27',
                ],
              })
            }
          },
        )
        if (bounced) {
          mail.warn(`mail for ${orderId} deferred: mailbox busy`, {
            order_id: orderId,
            template,
            retry_in: '5m',
          })
          mail.fail('delivery deferred', 'Net::SMTPServerBusy')
        } else {
          mail.info(`mail ${template} sent for ${orderId} to user ${scene.shopper.userId}`, {
            order_id: orderId,
            template,
          })
        }
      },
    )
  })
}
