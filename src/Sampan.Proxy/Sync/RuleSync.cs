using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Sampan.Proxy.Nftables;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Conntrack;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;

namespace Sampan.Proxy.Sync;

/// <summary>
/// Keeps the kernel's tables equal to a ruleset. Changes are applied as differences; after a failure, or when somebody else
/// touched the tables, everything is written anew in one transaction, so that there is no moment without rules.
/// </summary>
internal sealed class RuleSync(INftables nftables, IConntrack conntrack, ProxyMetrics metrics, ILogger log)
{
    private readonly KernelTable _table = new(nftables, Names.Table, log);
    private CompileOptions? _options;
    private Ruleset? _ruleset;

    /// <summary>Whether the next change must be a replacement.</summary>
    public bool NeedsReplacement => _ruleset is null;

    /// <summary>The rules in force; null when they are not known.</summary>
    public Ruleset? Ruleset => _ruleset;

    /// <summary>Whether the tables hold what an empty change would take away.</summary>
    public bool HasLeftovers => _ruleset?.HasLeftovers == true;

    /// <summary>Makes the next change a replacement.</summary>
    public void Invalidate() => _ruleset = null;

    /// <summary>Writes all tables anew.</summary>
    public async Task ReplaceAsync(CompileOptions options, IReadOnlyCollection<ServiceRules> services, CancellationToken cancellationToken)
    {
        var before = _ruleset;
        var texts = new RuleTexts(options);
        var skeleton = new Skeleton(texts, KernelTable.NewMarker());
        var text = new StringBuilder();
        foreach (var family in options.Families) skeleton.Write(text, family);
        var (next, diff) = Ruleset.Empty(options).Apply(services);
        NftWriter.Write(text, diff, Names.Table);
        _ruleset = null;
        await _table.ReplaceAsync(text.ToString(), skeleton.Marker, cancellationToken);
        await _table.ChangeAsync(Refusal(skeleton, options), cancellationToken);
        _options = options;
        _ruleset = next;
        ForgetStaleUdp(services, before, next);
    }

    /// <summary>Writes what the new rules of some Services change.</summary>
    public async Task ChangeAsync(IReadOnlyCollection<ServiceRules> services, CancellationToken cancellationToken)
    {
        var before = _ruleset ?? throw new InvalidOperationException("The tables must be replaced first.");
        var (next, diff) = before.Apply(services);

        // Until the kernel says yes, what it holds is not known.
        _ruleset = null;
        foreach (string step in NftWriter.Steps(diff, Names.Table)) await _table.ChangeAsync(step, cancellationToken);
        _ruleset = next;
        ForgetStaleUdp(services, before, next);
    }

    /// <summary>Notices that the tables are gone or another's, so that the next change replaces them.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (_ruleset is null || _options is null) return;
        if (!await _table.IsIntactAsync(_options.Families, cancellationToken)) _ruleset = null;
    }

    /// <summary>Removes the tables, and with them every trace of the proxy.</summary>
    public static Task CleanupAsync(INftables nftables, CancellationToken cancellationToken) =>
        KernelTable.CleanupAsync(nftables, Names.Table, cancellationToken);

    private static string Refusal(Skeleton skeleton, CompileOptions options)
    {
        var text = new StringBuilder();
        foreach (var family in options.Families) skeleton.WriteRefusal(text, family);
        return text.ToString();
    }

    private void ForgetStaleUdp(IReadOnlyCollection<ServiceRules> services, Ruleset? before, Ruleset next)
    {
        var frontends = services.SelectMany(s => s.Frontends)
            .Concat(services.SelectMany(s => before?.Of(s.Service)?.Frontends ?? []))
            .Select(r => r.Frontend)
            .Where(f => f.Protocol == Protocol.Udp)
            .Distinct()
            .GroupBy(f => f.Family, f => f);
        foreach (var family in frontends) ForgetStaleUdp(family.Key, family.ToDictionary(f => f, next.Find));
    }

    private void ForgetStaleUdp(IPFamily family, Dictionary<Frontend, FrontendRule?> frontends)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            int forgotten = conntrack.ForgetStaleUdp(family, frontends);
            metrics.ForgottenFlows(family).Increment(forgotten);
            metrics.FlowSearch(family).Observe(Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (forgotten > 0) log.LogDebug("Forgot {Count} UDP flows to endpoints that are gone", forgotten);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            log.LogWarning(e, "Cannot read the kernel's flows; UDP clients may keep talking to endpoints that are gone.");
        }
    }
}
