namespace Sampan.ApiServer.Apply;

/// <summary>One step in a <see cref="FieldSet"/>: whether the path that ends here is in the set, and the steps that follow.</summary>
internal readonly record struct FieldEntry(PathElement Element, bool IsMember, FieldSet Children)
{
    public bool IsEmpty => !IsMember && Children.IsEmpty;
}
