namespace RedisPatterns.InMemory;

/// <summary>Strings: setting the whole, and reading with a change.</summary>
internal static partial class StringHandlers
{
    private static StoreReply Set(CommandContext context, StoreCommand command)
    {
        var options = command.ArgumentCount == 2 ? default : SetOptions.Parse(context, command);
        var (key, value) = (command.Key(0), command.Value(1));
        var entry = context.Database.Find(key);
        var reply = StoreReply.Ok;
        if (options.WantsOld)
        {
            reply = context.Get<StringData>(key) is { } old ? StoreReply.FromValue(old.Value) : StoreReply.Null;
        }

        if (entry is null ? options.OnlyIfPresent : options.OnlyIfAbsent)
        {
            return options.WantsOld ? reply : StoreReply.Null;
        }

        PutString(context, key, entry, value, options.KeepsExpiry ? entry?.ExpiresAt ?? Database.Never : options.ExpiresAt);
        return reply;
    }

    private static StoreReply MSet(CommandContext context, StoreCommand command)
    {
        RequirePairs(command);
        PutPairs(context, command);
        return StoreReply.Ok;
    }

    private static StoreReply MSetNx(CommandContext context, StoreCommand command)
    {
        RequirePairs(command);
        for (var i = 0; i < command.ArgumentCount; i += 2)
        {
            if (context.Database.Find(command.Key(i)) is not null)
            {
                return StoreReply.Integer(0);
            }
        }

        PutPairs(context, command);
        return StoreReply.Integer(1);
    }

    private static StoreReply GetDel(CommandContext context, StoreCommand command)
    {
        var reply = Get(context, command);
        if (!reply.IsNull)
        {
            context.Database.Remove(command.Key(0));
        }

        return reply;
    }

    private static StoreReply GetEx(CommandContext context, StoreCommand command)
    {
        var option = command.ArgumentCount == 1 ? "" : command.Value(1).AsText()!.ToUpperInvariant();
        if (command.ArgumentCount != (option is "" ? 1 : option is "PERSIST" ? 2 : 3) || option is not ("" or "PERSIST" or "EX" or "PX" or "EXAT" or "PXAT"))
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        var reply = Get(context, command);
        if (reply.IsNull || option is "")
        {
            return reply;
        }

        var entry = context.Database.Find(command.Key(0))!;
        var expiresAt = option is "PERSIST" ? Database.Never : ReadMoment(context, command, 1);
        if (expiresAt <= context.Now)
        {
            context.Database.Remove(entry.Key);
        }
        else
        {
            context.Database.SetExpiry(entry, expiresAt);
        }

        return reply;
    }

    private static void PutString(CommandContext context, StoreKey key, Entry? entry, StoreValue value, long expiresAt)
    {
        if (entry?.Data is StringData data)
        {
            data.Set(value);
            context.Database.SetExpiry(entry, expiresAt);
        }
        else
        {
            context.Database.Put(key, new StringData(context.Database.Journal, value), expiresAt);
        }
    }

    private static void PutPairs(CommandContext context, StoreCommand command)
    {
        for (var i = 0; i < command.ArgumentCount; i += 2)
        {
            var key = command.Key(i);
            PutString(context, key, context.Database.Find(key), command.Value(i + 1), Database.Never);
        }
    }

    private static void RequirePairs(StoreCommand command)
    {
        if (command.ArgumentCount == 0 || command.ArgumentCount % 2 != 0)
        {
            throw ServerErrors.ArgumentCount(command.Definition.Name);
        }
    }

    // The moment that EX, PX, EXAT or PXAT at an index names.
    private static long ReadMoment(CommandContext context, StoreCommand command, int index)
    {
        var relative = command.IsWord(index, "EX") || command.IsWord(index, "PX");
        var seconds = command.IsWord(index, "EX") || command.IsWord(index, "EXAT");
        return ExpireArguments.ReadPositiveMoment(command, index + 1, relative ? context.Now : 0, seconds ? 1000 : 1);
    }

    private readonly record struct SetOptions(bool OnlyIfAbsent, bool OnlyIfPresent, bool WantsOld, bool KeepsExpiry, long Moment)
    {
        // 0 is no moment: a moment given is greater.
        public long ExpiresAt => Moment == 0 ? Database.Never : Moment;

        public static SetOptions Parse(CommandContext context, StoreCommand command)
        {
            command.RequireCount(2);
            var options = default(SetOptions);
            var momentAt = 0;
            for (var i = 2; i < command.ArgumentCount; i++)
            {
                if (command.IsWord(i, "NX"))
                {
                    options = options with { OnlyIfAbsent = true };
                }
                else if (command.IsWord(i, "XX"))
                {
                    options = options with { OnlyIfPresent = true };
                }
                else if (command.IsWord(i, "GET"))
                {
                    options = options with { WantsOld = true };
                }
                else if (command.IsWord(i, "KEEPTTL"))
                {
                    options = options with { KeepsExpiry = true };
                }
                else if (IsMoment(command, i) && (momentAt == 0 || command.IsWord(i, command.Value(momentAt).AsText()!)))
                {
                    // The same word again takes the place of the one before; a server does so too.
                    momentAt = i++;
                }
                else
                {
                    throw ServerErrors.Syntax(context.CommandName);
                }
            }

            if ((options.OnlyIfAbsent && options.OnlyIfPresent) || (options.KeepsExpiry && momentAt != 0))
            {
                throw ServerErrors.Syntax(context.CommandName);
            }

            return momentAt == 0 ? options : options with { Moment = ReadMoment(context, command, momentAt) };
        }

        private static bool IsMoment(StoreCommand command, int index) => index + 1 < command.ArgumentCount
            && (command.IsWord(index, "EX") || command.IsWord(index, "PX") || command.IsWord(index, "EXAT") || command.IsWord(index, "PXAT"));
    }
}
