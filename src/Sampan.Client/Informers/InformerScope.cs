namespace Sampan.Client.Informers;

/// <summary>Which objects of a resource an informer holds; all, when nothing is set.</summary>
public sealed record InformerScope(string? Namespace = null, string? FieldSelector = null, string? LabelSelector = null)
{
    public static readonly InformerScope All = new();
}
