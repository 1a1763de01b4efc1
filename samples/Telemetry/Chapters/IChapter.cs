using Narration;

namespace Telemetry.Chapters;

/// <summary>A chapter of the story: some steps that show one thing.</summary>
public interface IChapter
{
    string Title { get; }

    /// <summary>What it shows, in a sentence or two.</summary>
    string Text { get; }

    /// <summary>Takes its steps.</summary>
    Task TellAsync(Station station, Narrator narrator, CancellationToken cancellationToken);
}
