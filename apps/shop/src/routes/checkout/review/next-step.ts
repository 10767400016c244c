/** Where a refused order is mended, by the refusal's code; null when trying again is all there is. */
export function nextStepOf(code: string): 'cart' | 'address' | 'prescription' | null {
  switch (code) {
    case 'out_of_stock':
    case 'medicine_not_sold_online':
    case 'medicine_unclassified':
      return 'cart'
    case 'medicine_not_delivered_here':
    case 'pin_code_invalid':
    case 'pin_code_not_served':
    case 'mobile_invalid':
    case 'address_incomplete':
      return 'address'
    case 'prescription_needed':
    case 'upload_not_ready':
      return 'prescription'
    default:
      return null
  }
}
