import { ENDPOINTS } from '@/lib/api/endpoints'
import { getServiceColors } from '@/server/services/service-colors/get-service-colors'
import { route } from '../route'

export const GET = route(ENDPOINTS.serviceColors, ({ ctx, input }) => getServiceColors(ctx, input.services))
