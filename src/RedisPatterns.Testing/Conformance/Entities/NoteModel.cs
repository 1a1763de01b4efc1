namespace RedisPatterns.Testing;

/// <summary>The model of an entity without a version.</summary>
internal sealed class NoteModel : EntityModel<Note>
{
    public NoteModel(EntityLayout layout)
        : base("note", note => note.Id, ConformanceJson.Default.Note)
    {
        StoreAs(layout);
        ByTopic = Tag("topic", note => note.Topic);
    }

    public TagIndex<Note, string?> ByTopic { get; }
}
