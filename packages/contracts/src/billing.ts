export * from './billing-seller.ts'
