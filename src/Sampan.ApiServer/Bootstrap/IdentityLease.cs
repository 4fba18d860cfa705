using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>
/// Says in kube-system that this API server exists, by a lease that it renews; removes the leases of servers that are gone.
/// A lease lives an hour, so that a renewal each minute is plenty and costs the disk little.
/// </summary>
internal sealed class IdentityLease(ApiClient client, string hostName, TimeProvider time, ILogger logger)
{
    private const string Namespace = "kube-system";
    private const string IdentityLabel = "apiserver.kubernetes.io/identity";
    private const string HostNameLabel = "kubernetes.io/hostname";
    private const string Identity = "kube-apiserver";
    private const int LeaseSeconds = 3600;

    private static readonly TimeSpan RenewPeriod = TimeSpan.FromMinutes(1);

    private readonly string _holder = $"{NameOf(hostName)}_{Guid.NewGuid()}";
    private readonly ResourceClient<Lease> _leases = client.Of<Lease>();

    /// <summary>The lease's name: apiserver- and a hash of the host's name.</summary>
    public static string NameOf(string hostName) => "apiserver-" + Base32(SHA256.HashData(Encoding.UTF8.GetBytes(hostName)).AsSpan(0, 16));

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(RenewPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await TryRenewAsync(stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public async Task TryRenewAsync(CancellationToken cancelled)
    {
        try
        {
            await RenewAsync(cancelled);
            await RemoveExpiredAsync(cancelled);
        }
        catch (StatusException failure)
        {
            logger.LogWarning(failure, "The identity lease {Namespace}/{Name} is not renewed; trying again in {Period}", Namespace, NameOf(hostName), RenewPeriod);
        }
    }

    private async Task RenewAsync(CancellationToken cancelled)
    {
        var present = await _leases.FindAsync(Namespace, NameOf(hostName), cancelled);
        var lease = present?.DeepClone() ?? new Lease { Metadata = new() { Name = NameOf(hostName), Namespace = Namespace } };
        lease.Metadata.Labels ??= [];
        lease.Metadata.Labels[IdentityLabel] = Identity;
        lease.Metadata.Labels[HostNameLabel] = hostName;
        lease.Spec.HolderIdentity = _holder;
        lease.Spec.LeaseDurationSeconds = LeaseSeconds;
        lease.Spec.RenewTime = time.GetUtcNow();
        await (present is null ? _leases.CreateAsync(lease, cancelled) : _leases.UpdateAsync(lease, cancelled));
    }

    private async Task RemoveExpiredAsync(CancellationToken cancelled)
    {
        var all = await _leases.ListAsync(Namespace, new ListOptions { LabelSelector = $"{IdentityLabel}={Identity}" }, cancelled);
        foreach (var lease in all.Items.Where(IsExpired))
        {
            await _leases.DeleteAsync(
                Namespace, lease.Metadata.Name,
                new DeleteOptions { Preconditions = new() { Uid = lease.Metadata.Uid, ResourceVersion = lease.Metadata.ResourceVersion } }, cancelled);
        }
    }

    private bool IsExpired(Lease lease) =>
        lease.Spec is not { RenewTime: { } renewed, LeaseDurationSeconds: { } seconds }
        || ((DateTimeOffset)renewed).AddSeconds(seconds) < time.GetUtcNow();

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var one in bytes)
        {
            (bits, count) = ((bits << 8) | one, count + 8);
            for (; count >= 5; count -= 5)
            {
                text.Append(Alphabet[(bits >> (count - 5)) & 31]);
            }
        }
        return count > 0 ? text.Append(Alphabet[(bits << (5 - count)) & 31]).ToString() : text.ToString();
    }
}
