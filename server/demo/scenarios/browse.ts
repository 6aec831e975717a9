import { grpc, http, redis, sql } from '../core/calls'
import type { Scene } from '../core/scene'
import { CATEGORIES, PRODUCTS } from '../shop/content'
import { page, render, throughGateway } from './page'
import { convert, getProduct, listProducts, recommend } from './shared-calls'

export function home(scene: Scene): void {
  const category = scene.random.pick(CATEGORIES)
  const path = `/c/${category}`
  page(scene, { method: 'GET', route: '/c/[category]', path }, (web) => {
    throughGateway(web, 'GET', '/api/products', `/api/products?category=${category}`, (gateway) => {
      gateway.parallel([
        (lane) => listProducts(lane, category, 24),
        (lane) => {
          recommend(lane, 'home', 6)
        },
        (lane) => convert(lane, 4990, scene.shopper.currency),
      ])
      if (gateway.scene.spans.some((s) => s.pod.service === 'catalogue' && s.span.status.code === 2)) {
        gateway.httpStatus = 503
        gateway.fail('catalogue unavailable', '503')
      }
    })
    if (web.httpStatus === 200) render(web, '/c/[category]')
  })
}

export function product(scene: Scene): void {
  const { random } = scene
  const item = random.pick(PRODUCTS)
  const missing = random.chance(0.02)
  const id = missing ? `LMN-${random.int(9000, 9999)}` : item.id
  page(
    scene,
    { method: 'GET', route: '/product/[id]', path: `/product/${id}`, attributes: { 'shop.product.id': id } },
    (web) => {
      const status = throughGateway(web, 'GET', '/api/products/{id}', `/api/products/${id}`, (gateway) => {
        if (missing) {
          gateway.spend(1.5)
          gateway.httpStatus = 404
          return
        }
        gateway.parallel([
          (lane) => getProduct(lane, item),
          (lane) => {
            recommend(lane, id, 4)
          },
          (lane) => convert(lane, item.cents, scene.shopper.currency),
        ])
      })
      if (status === 404) {
        web.httpStatus = 404
        web.info(`product ${id} not found`, { 'shop.product.id': id })
      }
      render(web, missing ? '/not-found' : '/product/[id]')
    },
  )
}

export function addToCart(scene: Scene): void {
  const { random, shopper } = scene
  const item = random.pick(PRODUCTS)
  const quantity = random.weighted([
    [1, 8],
    [2, 3],
    [5, 1],
  ] as const)
  page(scene, { method: 'POST', route: '/cart', attributes: { 'shop.product.id': item.id } }, (web) => {
    throughGateway(web, 'POST', '/api/cart/items', '/api/cart/items', (gateway) => {
      getProduct(gateway, item)
      const status = http(
        gateway,
        'cart',
        { method: 'POST', route: '/cart/{id}/items', path: `/cart/${shopper.cartId}/items` },
        (cart) => {
          cart.set({ 'shop.cart.id': shopper.cartId, 'shop.cart.quantity': quantity })
          redis(cart, 'HGET', `cart:${shopper.cartId} ${item.id}`)
          if (random.chance(0.004)) {
            cart.spend(5000, 0.003)
            cart.httpStatus = 500
            cart.throw(
              {
                type: 'StackExchange.Redis.RedisTimeoutException',
                message: `Timeout awaiting response (outbound=0KiB, inbound=0KiB, 5000ms elapsed, timeout is 5000ms), command=HSET, next: HSET cart:${shopper.cartId}`,
                frames: [
                  'StackExchange.Redis.ConnectionMultiplexer.ExecuteAsyncImpl[T](Message message) /_/src/StackExchange.Redis/ConnectionMultiplexer.cs:1961',
                  'Shop.Cart.Stores.RedisCartStore.AddItemAsync(String cartId, CartItem item) /src/Shop.Cart/Stores/RedisCartStore.cs:74',
                  'Shop.Cart.Endpoints.CartEndpoints.AddItem(HttpContext context) /src/Shop.Cart/Endpoints/CartEndpoints.cs:41',
                ],
              },
              'redis timeout',
            )
            cart.error(`Could not add ${item.id} to cart ${shopper.cartId}`, {
              CartId: shopper.cartId,
              ProductId: item.id,
            })
            return
          }
          redis(cart, 'HSET', `cart:${shopper.cartId} ${item.id} ${quantity}`)
          redis(cart, 'EXPIRE', `cart:${shopper.cartId} 86400`)
          cart.info(`Added ${quantity} x ${item.name} to cart`, {
            CartId: shopper.cartId,
            ProductId: item.id,
            Quantity: quantity,
          })
        },
      )
      gateway.httpStatus = status >= 500 ? 502 : 201
    })
  })
}

/** Order history written with one query per order line: wide traces of 200 to 500 spans (the N+1 problem). */
export function orderHistory(scene: Scene): void {
  const { random, shopper } = scene
  page(scene, { method: 'GET', route: '/account/orders', path: '/account/orders?years=3' }, (web) => {
    throughGateway(web, 'GET', '/api/orders', '/api/orders?years=3', (gateway) => {
      grpc(gateway, 'checkout', 'shop.OrderService', 'ListOrders', (span) => {
        const orders = random.int(60, 150)
        span.set({ 'shop.orders': orders })
        sql(span, {
          operation: 'SELECT',
          table: 'orders',
          text: 'SELECT id, total_cents, created_at FROM orders WHERE user_id = $1 ORDER BY created_at DESC',
          ms: 9,
          rows: orders,
        })
        for (let i = 0; i < orders; i++) {
          sql(span, {
            operation: 'SELECT',
            table: 'order_lines',
            text: 'SELECT product_id, quantity, price_cents FROM order_lines WHERE order_id = $1',
            ms: 2.1,
            rows: random.int(1, 4),
          })
          redis(span, 'GET', `product:name:${random.pick(PRODUCTS).id}`)
          if (random.chance(0.3)) convert(span, random.int(900, 45_000), shopper.currency)
        }
        span.warn(`ListOrders made ${orders + 1} queries for one request`, {
          'shop.orders': orders,
          'user.id': shopper.userId,
        })
      })
    })
    render(web, '/account/orders', 24)
  })
}

/** Price rules that call each other: a chain 30 to 45 spans deep. */
export function quote(scene: Scene): void {
  const { random, shopper } = scene
  page(scene, { method: 'POST', route: '/quote', attributes: { 'shop.quote.kind': 'volume' } }, (web) => {
    throughGateway(web, 'POST', '/api/quotes', '/api/quotes', (gateway) => {
      grpc(gateway, 'catalogue', 'shop.PricingService', 'Quote', (span) => {
        const rules = [
          'base price',
          'volume tier',
          'season',
          'bundle',
          'customer group',
          'campaign',
          'rounding',
        ]
        const depth = random.int(28, 42)
        const apply = (level: number, parent: typeof span): void => {
          const rule = rules[level % rules.length]!
          parent.child(
            `apply rule ${rule}`,
            { attributes: { 'pricing.rule': rule, 'pricing.depth': level } },
            (inner) => {
              inner.spend(0.5)
              if (level % 9 === 4) {
                sql(inner, {
                  operation: 'SELECT',
                  table: 'price_rules',
                  text: 'SELECT rule, factor FROM price_rules WHERE parent_id = $1',
                  ms: 1.8,
                  rows: 3,
                })
              }
              if (level < depth) apply(level + 1, inner)
              inner.spend(0.2)
            },
          )
        }
        apply(0, span)
        convert(span, random.int(20_000, 400_000), shopper.currency)
      })
    })
  })
}

export function health(scene: Scene): void {
  const service = scene.random.pick(['gateway', 'cart', 'payment', 'catalogue'] as const)
  scene.root(
    service,
    'GET /healthz',
    {
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/healthz',
        'url.path': '/healthz',
        'url.scheme': 'http',
        'http.response.status_code': 200,
        'user_agent.original': 'kube-probe/1.34',
      },
    },
    (span) => void span.spend(0.4, 0.6),
  )
}
