namespace Sampan.Api;

/// <summary>A kind without its version, written "Deployment.apps".</summary>
public readonly record struct GroupKind(string Group, string Kind)
{
    public override string ToString() => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}
