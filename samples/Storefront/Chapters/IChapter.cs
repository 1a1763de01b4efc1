using Narration;
using Storefront.Model;

namespace Storefront.Chapters;

/// <summary>A chapter of the story: a use case.</summary>
public interface IChapter
{
    string Title { get; }

    /// <summary>What it shows, in a sentence or two.</summary>
    string Text { get; }

    /// <summary>Takes its steps.</summary>
    Task TellAsync(Shop shop, Narrator narrator, CancellationToken cancellationToken);
}
