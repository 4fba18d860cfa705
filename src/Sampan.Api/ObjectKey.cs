namespace Sampan.Api;

/// <summary>An object's place among those of its kind; the namespace is "" for cluster scope.</summary>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";
}
