using Sampan.Api.Rbac.V1;
using static Sampan.Api.GoText;

namespace Sampan.ApiServer.Authorization.Rbac;

/// <summary>One subject of one binding, with the role that it is given. Namespace is empty for cluster-wide bindings.</summary>
internal sealed record Grant(string Namespace, string Binding, RoleRef Role, Subject Subject)
{
    /// <summary>A service account's namespace: the binding's unless it names another.</summary>
    public string SubjectNamespace => Subject.Namespace is { Length: > 0 } ns ? ns : Namespace;

    /// <summary>How a decision names the binding to whoever asks why.</summary>
    public override string ToString() => Namespace.Length == 0
        ? $"ClusterRoleBinding {Quote(Binding)} of {Role.Kind} {Quote(Role.Name)} to {SubjectText}"
        : $"RoleBinding {Quote($"{Binding}/{Namespace}")} of {Role.Kind} {Quote(Role.Name)} to {SubjectText}";

    private string SubjectText => Subject.Kind == "ServiceAccount"
        ? $"ServiceAccount {Quote($"{Subject.Name}/{SubjectNamespace}")}"
        : $"{Subject.Kind} {Quote(Subject.Name)}";
}
