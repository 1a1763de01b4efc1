namespace RedisPatterns;

/// <summary>The order in which scripts have indexes.</summary>
internal static class IndexForms
{
    /// <summary>Whether indexes of two forms stand together.</summary>
    public static bool AreTogether(IndexForm one, IndexForm other) => RankOf(one) == RankOf(other);

    /// <summary>Claims first, then sets, texts, totals and scores.</summary>
    public static int RankOf(IndexForm form) => form switch
    {
        IndexForm.Claim => 0,
        IndexForm.Member or IndexForm.Members => 1,
        IndexForm.Text or IndexForm.Texts => 2,
        IndexForm.Count or IndexForm.PeriodCount or IndexForm.Sum or IndexForm.PeriodSum => 3,
        _ => 4,
    };
}
