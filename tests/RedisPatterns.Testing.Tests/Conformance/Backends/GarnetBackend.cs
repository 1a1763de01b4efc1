namespace RedisPatterns.Testing.Tests.Conformance;

public sealed class GarnetBackend : IBackend
{
    public static string Name => "Garnet";

    public static IReadOnlyDictionary<string, string> KnownDifferences { get; } = new Dictionary<string, string>
    {
        ["KeyConformance.The_moment_of_the_end_is_kept_to_the_millisecond"] = "SET does not know PXAT",
        ["KeyConformance.Rename_takes_the_end_along_and_loses_the_other"] = "RENAME of a set leaves the string at the other key",
        ["KeyConformance.Rename_to_itself_changes_nothing"] = "RENAMENX of a key to itself answers 1",
        ["StringConformance.Set_with_a_moment_that_has_passed_leaves_nothing"] = "SET does not know PXAT",
        ["StringConformance.Get_and_expire_at_a_moment_that_has_passed_deletes"] = "GETEX with a moment in the past keeps the key",
        ["StringConformance.Increment_is_exact_in_the_whole_range"] = "INCRBY fails at the ends of the range",
        ["StringConformance.Increment_refuses_what_is_no_integer/Single"] = "INCRBY takes +1 for an integer",
        ["StringConformance.Increment_refuses_what_is_no_integer/Pipeline"] = "INCRBY takes +1 for an integer",
        ["StringConformance.Increment_refuses_an_overflow/Single"] = "an overflow is told as no integer",
        ["StringConformance.Increment_refuses_an_overflow/Pipeline"] = "an overflow is told as no integer",
        ["StringConformance.Increment_float_refuses_what_is_no_number"] = "INCRBYFLOAT tells a string that is NaN as an overflow",
        ["StringConformance.Ranges_are_cut_to_the_string"] = "GETRANGE from before the beginning answers nothing",
        ["StringConformance.Set_range_with_nothing_creates_nothing"] = "SETRANGE with nothing fills up with zero bytes",
        ["HashFieldExpiryConformance.The_hash_ends_with_its_last_field"] = "a hash whose fields have all expired exists",
        ["HashFieldExpiryConformance.Conditions_on_a_fields_time_to_live"] = "HPEXPIRE with a condition answers that there is no such field",
        ["SortedSetConformance.Scores_may_be_infinite"] = "ZRANGE includes an infinite end that is excluded",
        ["SortedSetRangeConformance.Algebra_takes_sets_with_a_score_of_one"] = "ZUNION takes no sets",
        ["BitConformance.The_first_bit_is_found"] = "BITPOS finds no clear bit behind the end of the string",
        ["BitConformance.The_empty_result_of_a_combination_deletes_the_destination"] = "BITOP with an empty result keeps the destination",
        ["BitConformance.Fields_overflow_as_told"] = "BITFIELD applies the last OVERFLOW to every operation",
        ["HyperLogLogConformance.Nothing_may_be_added"] = "PFADD without elements makes no key",
        ["GeoConformance.Distances_are_told_in_every_unit"] = "distances have all their digits",
        ["GeoConformance.Details_are_told_as_asked_for"] = "distances have all their digits",
        ["GeoConformance.Results_are_stored"] = "distances have all their digits",
        ["BatchConformance.A_command_that_fails_is_told_by_its_index_with_its_error"] =
            "INCRBY in a script does not fail in a way that can be taken back, so the batch is refused",
        ["BatchAtomicityConformance.Every_kind_of_failure_leaves_nothing"] =
            "INCRBY in a script does not fail in a way that can be taken back, so the batch is refused",
        ["ScriptConformance.Every_shape_of_reply_comes_back"] = "a status that a script returns comes as a string",
    };

    public static IReadOnlyDictionary<string, string> NotRun { get; } = new Dictionary<string, string>
    {
        ["KeyConformance.An_end_in_the_past_deletes_at_once"] = "PEXPIREAT of a key that has lapsed answers bytes that are no reply, which breaks the connection",
    };

    public static async ValueTask<StoreLease> RentAsync(Servers servers) => new(await servers.GarnetAsync());
}
