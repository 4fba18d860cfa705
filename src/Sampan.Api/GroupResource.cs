namespace Sampan.Api;

/// <summary>A resource without its version, written "deployments.apps".</summary>
public readonly record struct GroupResource(string Group, string Resource)
{
    public override string ToString() => Group.Length == 0 ? Resource : $"{Resource}.{Group}";
}
