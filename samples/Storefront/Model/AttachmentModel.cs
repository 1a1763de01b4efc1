using RedisPatterns;

namespace Storefront.Model;

/// <summary>How attachments are stored: in parts, so that none of them has to be in one piece anywhere.</summary>
public sealed class AttachmentModel : EntityModel<Attachment, string>
{
    public const int PartSize = 64 * 1_024;

    public AttachmentModel()
        : base("attachment", a => a.Id, new AttachmentFormat()) => StoreAs(EntityLayout.Chunked(PartSize));
}
