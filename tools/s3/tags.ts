import { tagKeyMax, tagsMax, tagValueMax } from './limits.ts'
import { S3Error } from './s3-error.ts'
import { asElement, childElements, childText, type ParsedXml } from './xml.ts'

export type Tag = { key: string; value: string }

/** Reads `x-amz-tagging: scan=clean&by=nightly`, as a put carries it. */
export function parseTagHeader(header: string | undefined): Tag[] {
  const tags = [...new URLSearchParams(header ?? '')].map(([key, value]) => ({ key, value }))
  return checkedTags(tags)
}

/** Reads the Tagging document of PutObjectTagging and of a form's tagging field. */
export function parseTagging(document: ParsedXml): Tag[] {
  const set = document.TagSet === '' ? {} : asElement(document.TagSet)
  const tags = childElements(set, 'Tag').map(tag => ({
    key: childText(tag, 'Key') ?? '',
    value: childText(tag, 'Value') ?? '',
  }))
  return checkedTags(tags)
}

function checkedTags(tags: Tag[]): Tag[] {
  const isShaped = tags.every(
    ({ key, value }) => key !== '' && key.length <= tagKeyMax && value.length <= tagValueMax,
  )
  const areUnique = new Set(tags.map(tag => tag.key)).size === tags.length
  if (isShaped && areUnique && tags.length <= tagsMax) return tags
  throw new S3Error('InvalidTag', 'The tags are too many, too long, empty or given twice.')
}
