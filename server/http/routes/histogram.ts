import { ENDPOINTS } from '@/lib/api/endpoints'
import { getHistogram } from '@/server/services/histogram/get-histogram'
import { route } from '../route'

export const POST = route(ENDPOINTS.histogram, ({ ctx, input }) => getHistogram(ctx, input))
