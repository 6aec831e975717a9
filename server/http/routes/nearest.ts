import { ENDPOINTS } from '@/lib/api/endpoints'
import { findNearest } from '@/server/services/search/find-nearest'
import { route } from '../route'

export const POST = route(ENDPOINTS.nearest, ({ ctx, input }) => findNearest(ctx, input))
