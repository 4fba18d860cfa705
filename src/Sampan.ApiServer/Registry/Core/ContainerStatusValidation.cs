using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of what kubelets report of containers. Upstream: ValidateContainerStateTransition, validateContainerStatusUsers.</summary>
internal static class ContainerStatusValidation
{
    private static readonly string[] Healths = ["Healthy", "Unhealthy", "Unknown"];

    /// <summary>A container that has ended and is not started again stays ended.</summary>
    public static void Transitions(Pod pod, Pod old, FieldPath path, FieldErrors errors)
    {
        var spec = old.Spec;
        Transitions(
            pod.Status.ContainerStatuses, old.Status.ContainerStatuses, Restarts(spec, spec.Containers),
            path.Child("containerStatuses"), errors);
        Transitions(
            pod.Status.InitContainerStatuses, old.Status.InitContainerStatuses, Restarts(spec, spec.InitContainers.OrEmpty()),
            path.Child("initContainerStatuses"), errors);
        Transitions(
            pod.Status.EphemeralContainerStatuses, old.Status.EphemeralContainerStatuses, static _ => false,
            path.Child("ephemeralContainerStatuses"), errors);
    }

    public static void Validate(Pod pod, FieldPath path, FieldErrors errors)
    {
        var isWindows = pod.Spec.Os?.Name == "windows";
        Users(pod.Status.ContainerStatuses, isWindows, path.Child("containerStatuses"), errors);
        Users(pod.Status.InitContainerStatuses, isWindows, path.Child("initContainerStatuses"), errors);
        Users(pod.Status.EphemeralContainerStatuses, isWindows, path.Child("ephemeralContainerStatuses"), errors);
        Devices(pod.Status.ContainerStatuses, pod.Spec.Containers, path.Child("containerStatuses"), errors);
        Devices(pod.Status.InitContainerStatuses, pod.Spec.InitContainers.OrEmpty(), path.Child("initContainerStatuses"), errors);
        foreach (var (index, status) in pod.Status.EphemeralContainerStatuses.OrEmpty().Index())
        {
            if (status.AllocatedResourcesStatus.OrEmpty().Count > 0)
            {
                errors.Forbidden(
                    path.Child("ephemeralContainerStatuses").Index(index).Child("allocatedResourcesStatus"),
                    "must not be specified in container status");
            }
        }
    }

    private static void Transitions(
        List<ContainerStatus>? statuses, List<ContainerStatus>? old, Func<ContainerStatus, bool> mayRestart, FieldPath path, FieldErrors errors)
    {
        ILookup<string, ContainerStatus>? running = null;
        foreach (var (index, was) in old.OrEmpty().Index().Where(one => one.Item.State.Terminated is not null && !mayRestart(one.Item)))
        {
            running ??= statuses.OrEmpty().Where(one => one.State.Terminated is null).ToLookup(one => one.Name);
            foreach (var _ in running[was.Name])
            {
                errors.Forbidden(path.Index(index).Child("state"), "may not be transitioned to non-terminated state");
            }
        }
    }

    /// <summary>Says whether a container that has ended may run again.</summary>
    private static Func<ContainerStatus, bool> Restarts(PodSpec spec, IReadOnlyList<Container> containers)
    {
        bool? hasRules = null;
        ILookup<string, Container>? known = null;
        return status =>
        {
            hasRules ??= PodContainers.Of(spec, FieldPath.Of("spec")).Any(one => one.Container.RestartPolicyRules.OrEmpty().Count > 0);
            known ??= containers.ToLookup(one => one.Name);
            return hasRules.Value || (known[status.Name].FirstOrDefault()?.RestartPolicy ?? spec.RestartPolicy) switch
            {
                "Always" => true,
                "OnFailure" => status.State.Terminated!.ExitCode != 0,
                _ => false,
            };
        };
    }

    private static void Users(List<ContainerStatus>? statuses, bool isWindows, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, status) in statuses.OrEmpty().Index().Where(one => one.Item.User?.Linux is not null))
        {
            var (user, at) = (status.User!.Linux!, path.Index(index).Child("linux"));
            if (isWindows)
            {
                errors.Forbidden(at, "cannot be set for a windows pod");
                continue;
            }
            SecurityValidation.Id(user.Uid, at.Child("uid"), errors);
            SecurityValidation.Id(user.Gid, at.Child("gid"), errors);
            foreach (var (place, group) in user.SupplementalGroups.OrEmpty().Index())
            {
                SecurityValidation.Id(group, at.Child("supplementalGroups").Index(place), errors);
            }
        }
    }

    private static void Devices(List<ContainerStatus>? statuses, IReadOnlyList<Container> containers, FieldPath path, FieldErrors errors)
    {
        ILookup<string, Container>? known = null;
        foreach (var (index, status) in statuses.OrEmpty().Index().Where(one => one.Item.AllocatedResourcesStatus.OrEmpty().Count > 0))
        {
            known ??= containers.ToLookup(one => one.Name);
            var container = known[status.Name].FirstOrDefault();
            var claims = (container?.Resources.Claims).OrEmpty().Select(NameOf).ToHashSet();
            foreach (var (place, resource) in status.AllocatedResourcesStatus!.Index())
            {
                Resource(resource, container, claims, path.Index(index).Child("allocatedResourcesStatus").Index(place), errors);
            }
        }
    }

    private static void Resource(
        ResourceStatus resource, Container? container, HashSet<string> claims, FieldPath path, FieldErrors errors)
    {
        var isClaim = resource.Name.StartsWith("claim:", StringComparison.Ordinal);
        var known = container is null || (isClaim
            ? claims.Contains(resource.Name)
            : container.Resources.Requests.OrEmpty().ContainsKey(resource.Name));
        if (!known)
        {
            errors.Invalid(path.Child("name"), resource.Name, isClaim
                ? "must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty"
                : "must match one of the container's resource requests");
        }
        var seen = new HashSet<string>();
        foreach (var (index, device) in resource.Resources.OrEmpty().Index())
        {
            var at = path.Child("resources").Index(index);
            if (!Healths.Contains(device.Health))
            {
                errors.NotSupported(at.Child("health"), device.Health ?? "", Healths);
            }
            if (!seen.Add(device.ResourceID))
            {
                errors.Duplicate(at.Child("resourceID"), device.ResourceID);
            }
        }
    }

    private static string NameOf(ResourceClaim claim) => $"claim:{claim.Name}" + (string.IsNullOrEmpty(claim.Request) ? "" : "/" + claim.Request);
}
