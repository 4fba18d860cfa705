using Sampan.Api.Rbac.V1;
using static Sampan.Api.GoText;

namespace Sampan.ApiServer.Authorization.Rbac;

/// <summary>One subject of one binding, with the role that it is given. Namespace is empty for cluster-wide bindings.</summary>
internal sealed record Grant(string Namespace, string Binding, RoleRef Role, Subject Subject)
{
    /// <summary>A service account's namespace: the binding's unless it names another.</summary>
    public string SubjectNamespace => NamespaceOf(Subject, Namespace);

    /// <summary>The decision to whoever asks why; made once, since every request is decided.</summary>
    public string Decision { get; } = $"RBAC: allowed by {BindingText(Namespace, Binding)} of {Role.Kind} {Quote(Role.Name)} to {SubjectText(Subject, Namespace)}";

    private static string BindingText(string ns, string binding) => ns.Length == 0 ? $"ClusterRoleBinding {Quote(binding)}" : $"RoleBinding {Quote($"{binding}/{ns}")}";

    private static string SubjectText(Subject subject, string ns) => subject.Kind == "ServiceAccount"
        ? $"ServiceAccount {Quote($"{subject.Name}/{NamespaceOf(subject, ns)}")}"
        : $"{subject.Kind} {Quote(subject.Name)}";

    private static string NamespaceOf(Subject subject, string ns) => subject.Namespace is { Length: > 0 } own ? own : ns;
}
