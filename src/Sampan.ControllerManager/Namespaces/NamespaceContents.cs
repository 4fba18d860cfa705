using Sampan.Api.Meta.V1;
using Sampan.Client.Discovery;

namespace Sampan.ControllerManager.Namespaces;

/// <summary>Deletes everything in a namespace, whatever kinds the server serves now: pods first, then what they may need to end well.</summary>
internal sealed class NamespaceContents(ApiClient client)
{
    public async Task<DeletionReport> DeleteAsync(string ns, CancellationToken cancellationToken)
    {
        var report = new DeletionReport();
        var served = await client.Discovery.ResourcesAsync(cancellationToken);
        if (served.Failed.Count > 0)
        {
            report.DiscoveryFailure = "Discovery failed for some groups, " + served.Failed.Count + " failing: "
                + "unable to retrieve the complete list of server APIs: " + string.Join(", ", served.Failed);
        }

        var (pods, others) = Split(served.Preferred().Where(r => r.Namespaced && r.Can(ApiVerbs.Delete) && r.Can(ApiVerbs.List)));
        foreach (var resource in pods) await DeleteAsync(ns, resource, report, cancellationToken);
        if (report.Retry is not null || report.ContentFailures.Count > 0) return report;
        foreach (var resource in others) await DeleteAsync(ns, resource, report, cancellationToken);
        return report;
    }

    private static (List<ApiResourceInfo> Pods, List<ApiResourceInfo> Others) Split(IEnumerable<ApiResourceInfo> resources)
    {
        var groups = resources.ToLookup(resource => resource.Resource is { Group: "", Resource: "pods" });
        return ([.. groups[true]], [.. groups[false]]);
    }

    private async Task DeleteAsync(string ns, ApiResourceInfo resource, DeletionReport report, CancellationToken cancellationToken)
    {
        var objects = client.Metadata(resource.Resource);
        try
        {
            var before = await objects.ListAsync(ns, cancellationToken);
            if (before.Items.Count == 0) return;
            await DeleteAllAsync(objects, resource, ns, before.Items, cancellationToken);
            var left = await objects.ListAsync(ns, cancellationToken);
            Count(resource, left.Items, report);
        }
        catch (StatusException e) when (e.IsNotFound || e.IsMethodNotSupported)
        {
            // The resource went away since discovery, or cannot be listed: nothing to delete.
        }
        catch (StatusException e)
        {
            report.ContentFailures.Add($"failed to delete {resource.Resource.GroupResource}: {e.Message}");
        }
    }

    private static async Task DeleteAllAsync(
        ResourceClient<PartialObject> objects, ApiResourceInfo resource, string ns, IReadOnlyList<PartialObject> items, CancellationToken cancellationToken)
    {
        var background = new DeleteOptions { PropagationPolicy = "Background" };
        if (resource.Can(ApiVerbs.DeleteCollection))
        {
            await objects.DeleteCollectionAsync(ns, background, null, cancellationToken);
            return;
        }

        foreach (var item in items)
        {
            try
            {
                await objects.DeleteAsync(ns, item.Metadata.Name, background, cancellationToken);
            }
            catch (StatusException e) when (e.IsNotFound)
            {
            }
        }
    }

    private static void Count(ApiResourceInfo resource, IReadOnlyList<PartialObject> left, DeletionReport report)
    {
        if (left.Count == 0) return;
        report.Remaining[$"{resource.Resource.Resource}.{resource.Resource.Group}"] = left.Count;
        foreach (var item in left)
        {
            foreach (var finalizer in item.Metadata.Finalizers.OrEmpty())
                report.Finalizers[finalizer] = report.Finalizers.GetValueOrDefault(finalizer) + 1;
            var grace = TimeSpan.FromSeconds(item.Metadata.DeletionGracePeriodSeconds ?? 0);
            if (grace > report.Grace) report.Grace = grace;
        }
    }
}
