using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Draws what happens to keys behind the library's back: the same in both stores.</summary>
internal sealed class DamageDrawing(EntityDice dice, IReadOnlyList<GadgetVariant> variants)
{
    private static readonly string[] Members =
        ["id", "email", "status", "labels", "rank", "price", "count", "big", "balance", "ratio", "note", "numbers", "endsAt", "version", "pad", "$v", "unknown"];

    private static readonly string[] Fields =
    [
        "-0", "0", "1e5", "1E+2", "00012", "5.", ".5", "-", "", "null", "true", "\"7\"", "9", "99999999999999", "-9223372036854775809", "9223372036854775807",
        "1234567890123456789012345678901234567890", "0.0000000000000000000000000001", "-0.0", " 5", "5 ", "0x10", "1e400", "-1e400", "1e-400", "NaN", "inf", "1e", "1.5.2", "1e99999999999", "+5",
        "[1,2", "[", "]", "[]", "[ ]", "[\u00a0]", "[1, 2 ,3]", "[\"a\",\"b\\\"c\",\"red\"]", "[\"red\"", "[[1,2],3]", "{}", "{\"a\":1}", "é", "[\"é\"", "2", "x",
    ];

    private static readonly string[] Documents =
    [
        "", "{}", "{", "null", "[1]", "{\"id\":\"a\"}", "{\"$v\":9,\"id\":\"a\"}", "{\"$v\":1,\"id\":\"b\",\"count\":7}", "{\"$v\":2,\"id\":\"a\",\"pad\":\"\",\"count\":-0}", "1:", "1", "2:id,id,count", "x:id", "1:id,count,unknown", ":id",
        "1x:id", "01:id", "{\"id\":\"a\",\"pad\":\"\",\"count\":1e1,\"balance\":1e5,\"ratio\":1E400,\"big\":99999999999999999999}", "{\"id\":\"a\",\"balance\":0.10000000000000000000000000000000001,\"ratio\":-0}",
    ];

    private static readonly string[] Memos = ["", "x", "ABC", "ABC5", "ABC5:a@x:open", "ABC5.1:a@x", "ABC99999999999999999999:x", "ABC5.:a", "ABC007", "ABC5x:a", "éé1:x"];

    private static readonly Func<string, string>[] Changes =
    [
        text => text[..^1], text => text + "x", text => text[1..], text => "x" + text, text => text + ":more", text => text + ",b",
        text => text.Replace("1", "2", StringComparison.Ordinal), text => text.Replace("=1", "=01", StringComparison.Ordinal), text => text.Replace(":", ".:", StringComparison.Ordinal),
        text => text.Replace("length=", "length=9", StringComparison.Ordinal), text => text.Replace("parts=", "parts=9", StringComparison.Ordinal), text => text.Replace("parts=", "parts=99999999", StringComparison.Ordinal),
        text => text.Length > 3 ? text[..3] + "00" + text[3..] : text, text => text.Length > 3 ? text[..3] + "123456789012345678" + text[3..] : text, text => text.Length > 3 ? "ABC" + text[3..] : text,
        text => text[..(text.Length / 2)], text => text.ToUpperInvariant(),
    ];

    public EntityStep Draw()
    {
        var place = dice.Chance(75) ? EntitySide.Main : EntitySide.Other;
        var (variant, id) = (variants[place], dice.Id());
        var (text, run) = dice.Next(20) switch
        {
            0 or 1 or 2 => AnotherType(variant, id),
            3 or 4 => Delete(variant, id),
            5 or 6 or 7 => Field(variant, id),
            8 => Document(variant, id),
            9 or 10 => ChangeText(variant, id),
            11 or 12 => Memo(variant, id),
            13 or 14 => Claim(variant, id),
            15 => Tag(variant, id),
            16 => dice.Chance(70) ? Score(variant, id) : Price(variant, id),
            17 => Catalogue(variant),
            18 => Part(variant, id),
            _ => dice.Chance(50) ? Total(variant) : Schedule(variant, id),
        };
        return new($"damage: {variant.Name} {text}", dice.Chance(10), run);
    }

    private static string TokenOf(string id) => KeyGrammar.Escape(id);

    private static string EntityKey(EntitySide side, GadgetVariant variant, string id) => KeyGrammar.EntityPrefix(side.Tag, variant.Name) + TokenOf(id);

    private static string MemoKey(EntitySide side, GadgetVariant variant, string id) => $"{KeyGrammar.MemoPrefix(side.Tag, variant.Name)}{KeyGrammar.MemoBucket(TokenOf(id))}";

    private (string Name, Func<EntitySide, StoreKey> Of) AnyKey(GadgetVariant variant, string id)
    {
        var name = variant.Name;
        switch (dice.Next(10))
        {
            case 0 or 1:
                return ($"the entity {id}", side => EntityKey(side, variant, id));
            case 2 or 3 or 4 when variant.Layout.Kind == LayoutKind.Attributes:
                var member = dice.Pick(Members);
                return ($"the attribute {id}.{member}", side => KeyGrammar.Attribute(EntityKey(side, variant, id), member));
            case 5:
                return ($"the memos of {id}", side => MemoKey(side, variant, id));
            case 6:
                return ("the catalogue", side => KeyGrammar.Catalogue(side.Tag, name));
            case 7:
                return ("the schedule", side => KeyGrammar.Expiry(side.Tag, name));
            case 8:
                var index = dice.Pick<string>(["email", "rank", "price"]);
                return ($"the index {index}", side => KeyGrammar.Index(side.Tag, name, index));
            default:
                var (tag, value) = dice.Next(3) switch { 0 => ("status", dice.Status()), 1 => ("label", dice.Label()), _ => ("number", $"{dice.Next(6)}") };
                return ($"the index {tag} of '{value}'", side => KeyGrammar.TagPrefix(side.Tag, name, tag) + TokenOf(value ?? "open"));
        }
    }

    private EntityCall AnotherType(GadgetVariant variant, string id)
    {
        var (name, key) = AnyKey(variant, id);
        var type = dice.Next(4);
        return new EntityCall($"{name} becomes {(type switch { 0 => "a list", 1 => "a string", 2 => "a set", _ => "a hash" })}", async side =>
        {
            await side.SendAsync(Keys.Delete(key(side)));
            return type switch
            {
                0 => await side.SendAsync(Lists.RightPush(key(side), "in the way")),
                1 => await side.SendAsync(Strings.Set(key(side), "in the way")),
                2 => await side.SendAsync(Sets.Add(key(side), (StoreValue)"in the way")),
                _ => await side.SendAsync(Hashes.Set(key(side), "in", "the way")),
            };
        });
    }

    private EntityCall Delete(GadgetVariant variant, string id)
    {
        var (name, key) = AnyKey(variant, id);
        return new EntityCall($"{name} is deleted", side => side.SendAsync(Keys.Delete(key(side))));
    }

    private EntityCall Field(GadgetVariant variant, string id)
    {
        var (member, text, gone) = (dice.Pick(Members), dice.Pick(Fields), dice.Chance(15));
        return new EntityCall($"{id}.{member} {(gone ? "is deleted" : $"becomes '{text}'")}", async side =>
        {
            var key = EntityKey(side, variant, id);
            return variant.Layout.Kind switch
            {
                LayoutKind.Hash => gone ? await side.SendAsync(Hashes.Delete(key, member)) : await side.SendAsync(Hashes.Set(key, member, text)),
                LayoutKind.Attributes when KeyGrammar.Attribute(key, KeyGrammar.Escape(member)) is var part =>
                    gone ? await side.SendAsync(Keys.Delete((StoreKey)part)) : await side.SendAsync(Strings.Set(part, text, Expiry.Keep)),
                _ => await ReplaceAsync(side, key, old => old.Replace($"\"{member}\":", gone ? $"\"{member}" : $"\"{member}\":{text},\"more\":", StringComparison.Ordinal)),
            };
        });
    }

    private EntityCall Document(GadgetVariant variant, string id)
    {
        var text = dice.Pick(Documents);
        return new EntityCall($"{id} becomes '{text}'", side => side.SendAsync(Strings.Set(EntityKey(side, variant, id), text, Expiry.Keep)));
    }

    private EntityCall ChangeText(GadgetVariant variant, string id)
    {
        var which = dice.Next(Changes.Length);
        return new EntityCall($"{id} is changed, {which}", side => ReplaceAsync(side, EntityKey(side, variant, id), Changes[which]));
    }

    private EntityCall Memo(GadgetVariant variant, string id)
    {
        var (memo, which) = (dice.Pick(Memos), dice.Next(Changes.Length));
        return dice.Next(4) switch
        {
            0 => new EntityCall($"the memo of {id} is deleted", side => side.SendAsync(Hashes.Delete(MemoKey(side, variant, id), TokenOf(id)))),
            1 => new EntityCall($"the memo of {id} becomes '{memo}'", side => side.SendAsync(Hashes.Set(MemoKey(side, variant, id), TokenOf(id), memo))),
            _ => new EntityCall($"the memo of {id} is changed, {which}", async side =>
            {
                var (key, field) = ((StoreKey)MemoKey(side, variant, id), (StoreValue)TokenOf(id));
                var old = (await side.Store.SendAsync(Hashes.Get(key, field), side.Cancellation)).AsText();
                return string.IsNullOrEmpty(old) ? "nothing" : await side.SendAsync(Hashes.Set(key, field, Changes[which](old)));
            }),
        };
    }

    private EntityCall Claim(GadgetVariant variant, string id)
    {
        var (email, holder) = (TokenOf(dice.Email() ?? ""), dice.Pick([TokenOf(id), "nobody", "", "b"]));
        Func<EntitySide, StoreKey> key = side => KeyGrammar.Index(side.Tag, variant.Name, "email");
        return dice.Chance(40)
            ? new EntityCall($"the claim of '{email}' is deleted", side => side.SendAsync(Hashes.Delete(key(side), email)))
            : new EntityCall($"the claim of '{email}' is {holder}'s", side => side.SendAsync(Hashes.Set(key(side), email, holder)));
    }

    private EntityCall Tag(GadgetVariant variant, string id)
    {
        var (tag, value) = dice.Chance(50) ? ("status", dice.Status() ?? "open") : ("label", dice.Label());
        Func<EntitySide, StoreKey> key = side => KeyGrammar.TagPrefix(side.Tag, variant.Name, tag) + TokenOf(value);
        return dice.Chance(50)
            ? new EntityCall($"{tag} '{value}' loses {id}", side => side.SendAsync(Sets.Remove(key(side), (StoreValue)TokenOf(id))))
            : new EntityCall($"{tag} '{value}' gets {id}", side => side.SendAsync(Sets.Add(key(side), (StoreValue)TokenOf(id))));
    }

    private EntityCall Score(GadgetVariant variant, string id)
    {
        var score = dice.Double();
        Func<EntitySide, StoreKey> key = side => KeyGrammar.Index(side.Tag, variant.Name, "rank");
        return dice.Chance(40)
            ? new EntityCall($"rank loses {id}", side => side.SendAsync(SortedSets.Remove(key(side), (StoreValue)TokenOf(id))))
            : new EntityCall($"rank of {id} becomes {score:R}", side => side.SendAsync(SortedSets.Add(key(side), TokenOf(id), score)));
    }

    private EntityCall Total(GadgetVariant variant)
    {
        var (total, value, number) = (dice.Chance(50) ? "per-status" : "worth", TokenOf(dice.Status() ?? "open"), dice.Pick<string>(["5", "-3", "", "x", "007", "9223372036854775807"]));
        Func<EntitySide, StoreKey> key = side => KeyGrammar.Total(side.Tag, variant.Name, total);
        return dice.Chance(30)
            ? new EntityCall($"{total} '{value}' is deleted", side => side.SendAsync(Hashes.Delete(key(side), value)))
            : new EntityCall($"{total} '{value}' becomes '{number}'", side => side.SendAsync(Hashes.Set(key(side), value, number)));
    }

    // The scores of texts stay zero: among others a server has no order of texts.
    private EntityCall Price(GadgetVariant variant, string id)
    {
        var member = OrderedText.Member(dice.Pick<string>(["p5005", "p502105", "p501", "n", ""]), TokenOf(id));
        Func<EntitySide, StoreKey> key = side => KeyGrammar.Index(side.Tag, variant.Name, "price");
        return dice.Chance(50)
            ? new EntityCall($"price loses '{member}'", side => side.SendAsync(SortedSets.Remove(key(side), (StoreValue)member)))
            : new EntityCall($"price gets '{member}'", side => side.SendAsync(SortedSets.Add(key(side), member, 0)));
    }

    private EntityCall Catalogue(GadgetVariant variant)
    {
        var (stamp, description) = (
            dice.Chance(50) ? "ABC" : new GadgetModel(dice.Pick(variants)).Closed.Shape.Stamp,
            dice.Pick<string>(["u:email|t:status|T:label|r:rank", "t:status", "r:rank|r:price", "u:", "u", "|", "", "x:email", "uu:email|zt:status", "T:label|u:email"]));
        Func<EntitySide, StoreKey> key = side => KeyGrammar.Catalogue(side.Tag, variant.Name);
        return dice.Chance(30)
            ? new EntityCall($"the shape {stamp} is deleted", side => side.SendAsync(Hashes.Delete(key(side), stamp)))
            : new EntityCall($"the shape {stamp} becomes '{description}'", side => side.SendAsync(Hashes.Set(key(side), stamp, description)));
    }

    private EntityCall Part(GadgetVariant variant, string id)
    {
        var (number, what) = (dice.Next(3), dice.Next(3));
        return new EntityCall($"part {number} of {id} {(what switch { 0 => "is deleted", 1 => "becomes a list", _ => "is cut short" })}", async side =>
        {
            var key = EntityKey(side, variant, id);
            if (!ChunkManifest.TryParse(await side.Store.SendAsync(Strings.Get(key), side.Cancellation), out var manifest) || number >= manifest.PartCount)
            {
                return "nothing";
            }

            StoreKey part = KeyGrammar.Part(KeyGrammar.PartPrefix(key, manifest.Generation), number);
            if (what == 2)
            {
                return await ReplaceAsync(side, part, text => text[..^1]);
            }

            await side.SendAsync(Keys.Delete(part));
            return what == 0 ? "" : await side.SendAsync(Lists.RightPush(part, "in the way"));
        });
    }

    private EntityCall Schedule(GadgetVariant variant, string id)
    {
        var member = dice.Pick([$"{KeyGrammar.MemoBucket(TokenOf(id))}:{TokenOf(id)}", $"{KeyGrammar.MemoBucket(TokenOf(id))}:{TokenOf(id)}", "garbage", "1:", ":a", "x:a", "7:a", "1:nobody"]);
        var moment = dice.LongAgo();
        Func<EntitySide, StoreKey> key = side => KeyGrammar.Expiry(side.Tag, variant.Name);
        return dice.Next(4) switch
        {
            0 => new EntityCall($"{member} is no longer scheduled", side => side.SendAsync(SortedSets.Remove(key(side), (StoreValue)member))),
            1 => new EntityCall($"{member} is due", side => side.SendAsync(SortedSets.Add(key(side), member, moment.ToUnixTimeMilliseconds()))),
            _ => new EntityCall($"{id} has expired", async side =>
            {
                var own = EntityKey(side, variant, id);
                foreach (var part in await KeyspaceContents.KeysAsync(side.Store, KeyGrammar.GlobLiteral(own), side.Cancellation))
                {
                    if (part == own || part.ToString().StartsWith(own + ":", StringComparison.Ordinal))
                    {
                        await side.SendAsync(Keys.Delete(part));
                    }
                }

                return await side.SendAsync(SortedSets.Add(key(side), $"{KeyGrammar.MemoBucket(TokenOf(id))}:{TokenOf(id)}", moment.ToUnixTimeMilliseconds()));
            }),
        };
    }

    private static async Task<string> ReplaceAsync(EntitySide side, StoreKey key, Func<string, string> change)
    {
        var old = (await side.Store.SendAsync(Strings.Get(key), side.Cancellation)).AsText();
        return string.IsNullOrEmpty(old) ? "nothing" : await side.SendAsync(Strings.Set(key, change(old), Expiry.Keep));
    }
}
