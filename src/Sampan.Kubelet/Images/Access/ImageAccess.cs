using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Images.Access;

/// <summary>
/// Whether a pod may use an image that is on the node already. An image that was pulled with a login is for pods that show the
/// same login, or the same object that held it; anybody else has to be let in by the registry. Records are files: writers of one image
/// wait for each other, readers for nobody. Upstream: pkg/kubelet/images/pullmanager.
/// </summary>
/// <param name="policy">Which images are looked after.</param>
/// <param name="records">Null where all pods may use all images.</param>
/// <param name="time">Dates the records.</param>
/// <param name="logger">Told of records that cannot be read.</param>
/// <param name="metrics">Counts what was decided.</param>
internal sealed class ImageAccess(VerificationPolicy policy, PullRecords? records, TimeProvider time, ILogger logger, ImageMetrics metrics)
{
    /// <summary>What is learned by the way is not kept beyond this, so that many namespaces do not make records endless.</summary>
    private const int MostSecrets = 100;

    private readonly KeyLocks _images = new(), _names = new();
    private readonly ConcurrentDictionary<string, int> _going = new();

    /// <summary>When images were pulled last, whether or not there was anything new to write of it.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new();

    /// <param name="image">As the pod names it.</param>
    /// <param name="imageRef">As the runtime knows it.</param>
    /// <param name="credentials">What the pod shows for it.</param>
    public bool IsAllowed(string image, string imageRef, Func<IEnumerable<RegistryCredential>> credentials)
    {
        if (records is null)
        {
            return true;
        }

        var repository = ImageName.Repository(image);
        try
        {
            // The end of a pull writes the record before it forgets the pull, so they are looked for the other way round.
            var isGoing = _going.ContainsKey(image) || records.IsIntended(image);
            var record = records.Find(imageRef);
            var isFree = !policy.IsNeeded(repository, isGoing || record is not null);
            var isAllowed = isFree || (record?.CredentialMapping.GetValueOrDefault(repository) is { } known && IsKnown(record, repository, known, credentials));
            metrics.Checked(isFree ? "credentialPolicyAllowed" : isAllowed ? "credentialRecordFound" : "mustAuthenticate");
            return isAllowed;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            logger.LogWarning("The records of pulled images cannot be read: {Error}", e.Message);
            metrics.Checked("error");
            return false;
        }
    }

    /// <summary>A pull begins.</summary>
    /// <exception cref="IOException">That cannot be written down, so there must be no pull.</exception>
    public void Begin(string image)
    {
        lock (_names.Of(image))
        {
            if (!_going.ContainsKey(image))
            {
                records?.Intend(image);
            }

            _going.AddOrUpdate(image, 1, (_, count) => count + 1);
        }
    }

    public void Failed(string image) => End(image);

    /// <summary>A pull has ended. Where that cannot be written down it stays begun, so that nobody takes the image for one that was there before.</summary>
    /// <param name="image">As the pod names it.</param>
    /// <param name="imageRef">As the runtime knows it.</param>
    /// <param name="used">The login that the registry accepted; null for none.</param>
    public void Pulled(string image, string imageRef, RegistryCredential? used)
    {
        try
        {
            Add(imageRef, ImageName.Repository(image), PullCredentials.Of(used));
            End(image);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogError("The record of image {Image} cannot be written: {Error}", imageRef, e.Message);
        }
    }

    /// <summary>Pulls that a kubelet before this one had begun, and that ended: whose they are is not known.</summary>
    public void Restore(IEnumerable<Cri.Image> images)
    {
        var intents = records is null ? [] : records.Intents.Select(i => i.Image).ToHashSet();
        foreach (var image in images)
        {
            foreach (var name in image.RepoTags.Concat(image.RepoDigests).Where(intents.Contains))
            {
                Add(image.Id, ImageName.Repository(name), null);
                records!.ForgetIntent(name);
            }
        }
    }

    /// <summary>Forgets images that are gone.</summary>
    /// <param name="present">The IDs of those that are there.</param>
    /// <param name="asOf">When that was: what was pulled since stays.</param>
    public void Prune(IReadOnlyCollection<string> present, DateTimeOffset asOf)
    {
        foreach (var record in (records?.Pulled ?? []).Where(r => r.LastUpdatedTime < asOf && !present.Contains(r.ImageRef)).ToList())
        {
            lock (_images.Of(record.ImageRef))
            {
                if (!IsNewer(record.ImageRef, asOf))
                {
                    records!.Forget(record.ImageRef);
                    _seen.TryRemove(record.ImageRef, out _);
                }
            }
        }
    }

    private bool IsKnown(PulledRecord record, string repository, PullCredentials known, Func<IEnumerable<RegistryCredential>> credentials)
    {
        if (known.NodePodsAccessible)
        {
            return true;
        }

        foreach (var shown in credentials().Where(c => c.Source is not null).Select(PullCredentials.Of))
        {
            if (shown.KubernetesServiceAccounts?.Any(a => known.KubernetesServiceAccounts?.Contains(a) == true) == true)
            {
                return true;
            }

            var secret = shown.KubernetesSecrets?[0];
            if (secret is not null && known.KubernetesSecrets?.Any(s => s.CredentialHash == secret.CredentialHash || s.IsSameObject(secret)) == true)
            {
                Learn(record.ImageRef, repository, known, shown, secret);
                return true;
            }
        }

        return false;
    }

    /// <summary>The same login in another secret, or another login in the same secret, is good from now on.</summary>
    private void Learn(string imageRef, string repository, PullCredentials known, PullCredentials shown, PullSecret secret)
    {
        if (known.KubernetesSecrets!.Count < MostSecrets && !known.KubernetesSecrets.Contains(secret))
        {
            Add(imageRef, repository, shown);
        }
    }

    private void Add(string imageRef, string repository, PullCredentials? added)
    {
        if (records is null)
        {
            return;
        }

        lock (_images.Of(imageRef))
        {
            var before = Readable(imageRef);
            var known = before?.CredentialMapping.GetValueOrDefault(repository);
            _seen[imageRef] = time.GetUtcNow();
            if (before is not null && (added is null || known?.Covers(added) == true))
            {
                return;
            }

            var mapping = new Dictionary<string, PullCredentials>(before?.CredentialMapping ?? new Dictionary<string, PullCredentials>());
            if (added is not null)
            {
                mapping[repository] = Merge(known, added);
            }

            records.Keep(new PulledRecord { ImageRef = imageRef, LastUpdatedTime = time.GetUtcNow(), CredentialMapping = mapping });
        }
    }

    private bool IsNewer(string imageRef, DateTimeOffset asOf) =>
        Readable(imageRef)?.LastUpdatedTime >= asOf || (_seen.TryGetValue(imageRef, out var pulled) && pulled >= asOf);

    private PulledRecord? Readable(string imageRef)
    {
        try
        {
            return records!.Find(imageRef);
        }
        catch (JsonException e)
        {
            logger.LogWarning("The record of image {Image} cannot be read and is written anew: {Error}", imageRef, e.Message);
            return null;
        }
    }

    private static PullCredentials Merge(PullCredentials? known, PullCredentials added) => known switch
    {
        null => added,
        _ when known.NodePodsAccessible || added.NodePodsAccessible => PullCredentials.Everybody,
        _ => new()
        {
            KubernetesSecrets = [.. (known.KubernetesSecrets ?? []).Where(s => added.KubernetesSecrets?.Any(s.IsSameObject) != true), .. added.KubernetesSecrets ?? []],
            KubernetesServiceAccounts = [.. (known.KubernetesServiceAccounts ?? []).Union(added.KubernetesServiceAccounts ?? [])],
        },
    };

    private void End(string image)
    {
        lock (_names.Of(image))
        {
            if (_going.AddOrUpdate(image, 0, (_, count) => count - 1) > 0)
            {
                return;
            }

            records?.ForgetIntent(image);
            _going.TryRemove(image, out _);
        }
    }
}
