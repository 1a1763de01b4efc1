using System.Runtime.CompilerServices;
using Narration;
using RedisPatterns;

namespace Telemetry.Chapters;

/// <summary>A step that adds samples call by call, with progress.</summary>
internal static class Loading
{
    /// <summary>Adds.</summary>
    /// <param name="narrator">Who tells it.</param>
    /// <param name="question">What is added.</param>
    /// <param name="items">What a call adds, for each call.</param>
    /// <param name="add">The call.</param>
    /// <param name="code">The compiler's copy of <paramref name="add"/>.</param>
    public static Task<long> LoadAsync<T>(
        this Narrator narrator, string question, IReadOnlyList<T> items, Func<T, ValueTask<SeriesAddReport>> add, [CallerArgumentExpression(nameof(add))] string code = "") =>
        narrator.StepAsync(
            question,
            async () =>
            {
                var written = 0L;
                await narrator.Screen.ProgressAsync("adding", items.Count, async done =>
                {
                    foreach (var item in items)
                    {
                        written += (await add(item)).Written;
                        done();
                    }
                });
                return written;
            },
            written => new TextAnswer($"{written:N0} samples in {items.Count:N0} calls."),
            code);

    /// <summary>Declares series, with progress.</summary>
    /// <param name="narrator">Who tells it.</param>
    /// <param name="question">What is declared.</param>
    /// <param name="all">The series.</param>
    /// <param name="declare">The call.</param>
    /// <param name="tell">Makes the answer.</param>
    /// <param name="code">The compiler's copy of <paramref name="declare"/>.</param>
    public static Task DeclareAsync(
        this Narrator narrator,
        string question,
        IReadOnlyList<LabelledSeries> all,
        Func<LabelledSeries, ValueTask<bool>> declare,
        Func<Answer> tell,
        [CallerArgumentExpression(nameof(declare))] string code = "") =>
        narrator.StepAsync(
            question,
            async () => await narrator.Screen.ProgressAsync("declaring", all.Count, async done =>
            {
                foreach (var series in all)
                {
                    await declare(series);
                    done();
                }
            }),
            tell,
            code);
}
