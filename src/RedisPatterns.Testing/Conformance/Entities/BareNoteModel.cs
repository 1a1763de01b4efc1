namespace RedisPatterns.Testing;

/// <summary>An older version of <see cref="NoteModel"/>: without any index, so that nothing is remembered of its entities.</summary>
internal sealed class BareNoteModel : EntityModel<Note>
{
    public BareNoteModel(EntityLayout layout)
        : base("note", note => note.Id, ConformanceJson.Default.Note) => StoreAs(layout);
}
