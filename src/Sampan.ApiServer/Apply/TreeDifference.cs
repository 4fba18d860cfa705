namespace Sampan.ApiServer.Apply;

/// <summary>What became of an object's fields between two versions.</summary>
internal sealed record TreeDifference(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    /// <summary>The fields that have a new value.</summary>
    public FieldSet Changed { get; } = Modified.Union(Added);

    public bool IsEmpty => Changed.IsEmpty && Removed.IsEmpty;
}
