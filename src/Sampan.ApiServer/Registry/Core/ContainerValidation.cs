using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a pod's three lists of containers. Upstream: validateContainers, validateInitContainers, validateEphemeralContainers.</summary>
internal static class ContainerValidation
{
    private const string NotEphemeral = "cannot be set for an Ephemeral Container";
    private const string OnlySidecars = "may not be set for init containers without restartPolicy=Always";

    public static void Validate(ContainerScope scope, FieldPath path)
    {
        Regular(scope, path.Child("containers"));
        Init(scope, path.Child("initContainers"));
        Ephemeral(scope, path.Child("ephemeralContainers"));
    }

    private static void Regular(ContainerScope scope, FieldPath path)
    {
        if (scope.Spec.Containers.Count == 0)
        {
            scope.Errors.Required(path);
            return;
        }
        var names = new HashSet<string>();
        foreach (var (index, container) in scope.Spec.Containers.Index())
        {
            var at = path.Index(index);
            ContainerRules.Common(container, scope, at);
            Unique(container.Name, names, at, scope.Errors);
            ProbeValidation.Validate(container, scope.Spec.TerminationGracePeriodSeconds, at, scope.Errors);
            RestartRuleValidation.Validate(container, at, scope.Errors);
        }
        ContainerPortValidation.HostPorts(scope.Spec.Containers.Index(), path, scope.Errors);
    }

    private static void Init(ContainerScope scope, FieldPath path)
    {
        var names = scope.Spec.Containers.Select(container => container.Name).ToHashSet();
        foreach (var (index, container) in scope.Spec.InitContainers.OrEmpty().Index())
        {
            var at = path.Index(index);
            ContainerRules.Common(container, scope, at);
            RestartRuleValidation.Validate(container, at, scope.Errors);
            if (container.Name.Length > 0)
            {
                Unique(container.Name, names, at, scope.Errors);
            }
            // Init containers run one after the other, so each has the host's ports for itself.
            ContainerPortValidation.HostPorts([(0, container)], path, scope.Errors);
            if (PodContainers.IsSidecar(container))
            {
                ProbeValidation.Validate(container, scope.Spec.TerminationGracePeriodSeconds, at, scope.Errors);
            }
            else
            {
                RunsToCompletion(container, at, scope.Errors);
            }
        }
    }

    private static void RunsToCompletion(Container container, FieldPath path, FieldErrors errors)
    {
        Forbid(
            path, errors, OnlySidecars, ("lifecycle", container.Lifecycle is not null), ("livenessProbe", container.LivenessProbe is not null),
            ("readinessProbe", container.ReadinessProbe is not null), ("startupProbe", container.StartupProbe is not null));
        foreach (var (index, policy) in container.ResizePolicy.OrEmpty().Index())
        {
            if (policy.RestartPolicy == "RestartContainer")
            {
                errors.Invalid(
                    path.Child("resizePolicy").Index(index).Child("restartPolicy"), policy.RestartPolicy,
                    "must not be set to 'RestartContainer' for non-sidecar initContainers");
            }
        }
    }

    private static void Ephemeral(ContainerScope scope, FieldPath path)
    {
        var others = scope.Spec.Containers.Concat(scope.Spec.InitContainers.OrEmpty()).Select(container => container.Name).ToHashSet();
        var names = new HashSet<string>(others);
        foreach (var (index, given) in scope.Spec.EphemeralContainers.OrEmpty().Index())
        {
            var (container, at) = (PodContainers.AsContainer(given), path.Index(index));
            ContainerRules.Common(container, scope, at);
            ContainerRules.Image(container, at, scope.Errors);
            Unique(container.Name, names, at, scope.Errors);
            if (!string.IsNullOrEmpty(given.TargetContainerName) && !others.Contains(given.TargetContainerName))
            {
                scope.Errors.NotFound(at.Child("targetContainerName"), given.TargetContainerName);
            }
            OnlyForDebugging(container, at, scope.Errors);
        }
    }

    /// <summary>A container that is added to look at a running pod has nothing that the pod would rely on.</summary>
    private static void OnlyForDebugging(Container container, FieldPath path, FieldErrors errors)
    {
        Forbid(
            path, errors, NotEphemeral, ("ports", container.Ports.OrEmpty().Count > 0),
            ("resources", container.Resources is { Limits: not null } or { Requests: not null } or { Claims: not null }),
            ("resizePolicy", container.ResizePolicy.OrEmpty().Count > 0), ("restartPolicy", container.RestartPolicy is not null),
            ("restartPolicyRules", container.RestartPolicyRules.OrEmpty().Count > 0), ("livenessProbe", container.LivenessProbe is not null),
            ("readinessProbe", container.ReadinessProbe is not null), ("startupProbe", container.StartupProbe is not null),
            ("lifecycle", container.Lifecycle is not null));
        foreach (var (index, mount) in container.VolumeMounts.OrEmpty().Index())
        {
            Forbid(
                path.Child("volumeMounts").Index(index), errors, NotEphemeral, ("subPath", !string.IsNullOrEmpty(mount.SubPath)),
                ("subPathExpr", !string.IsNullOrEmpty(mount.SubPathExpr)));
        }
    }

    private static void Forbid(FieldPath path, FieldErrors errors, string detail, params (string Field, bool IsSet)[] fields)
    {
        foreach (var (field, _) in fields.Where(field => field.IsSet))
        {
            errors.Forbidden(path.Child(field), detail);
        }
    }

    private static void Unique(string name, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (!names.Add(name))
        {
            errors.Duplicate(path.Child("name"), name);
        }
    }
}
