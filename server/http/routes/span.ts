import { ENDPOINTS } from '@/lib/api/endpoints'
import { getSpan } from '@/server/services/traces/get-span'
import { route } from '../route'

export const GET = route(ENDPOINTS.span, ({ ctx, input, params }) =>
  getSpan(ctx, params.traceId, params.spanId, input),
)
