/** One uploaded document. */
export interface Attachment {
  readonly id: string;
  readonly organizationId: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly fileSize: number;
  readonly contentBase64: string;
  readonly createdAt: number;
}
