using System.Security.Cryptography;
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
internal sealed class RuleSync(INftables nftables, IConntrack conntrack, ILogger log)
{
    private CompileOptions? _options;
    private Ruleset? _ruleset;
    private string _marker = "";

    /// <summary>Whether the next change must be a replacement.</summary>
    public bool NeedsReplacement => _ruleset is null;

    /// <summary>The rules in force; null when they are not known.</summary>
    public Ruleset? Ruleset => _ruleset;

    /// <summary>Makes the next change a replacement.</summary>
    public void Invalidate() => _ruleset = null;

    /// <summary>Writes all tables anew.</summary>
    public async Task ReplaceAsync(CompileOptions options, IReadOnlyCollection<ServiceRules> services, CancellationToken cancellationToken)
    {
        var before = _ruleset;
        var texts = new RuleTexts(options);
        var skeleton = new Skeleton(texts, RandomNumberGenerator.GetHexString(16, lowercase: true));
        var text = new StringBuilder();
        foreach (var family in options.Families) skeleton.Write(text, family);
        var (next, diff) = Ruleset.Empty(options).Apply(services);
        NftWriter.Write(text, diff);
        await ApplyAsync(text.ToString(), cancellationToken);
        _options = options;
        _marker = skeleton.Marker;
        _ruleset = next;
        ForgetStaleUdp(services, before, next);
    }

    /// <summary>Writes what the new rules of some Services change.</summary>
    public async Task ChangeAsync(IReadOnlyCollection<ServiceRules> services, CancellationToken cancellationToken)
    {
        var before = _ruleset ?? throw new InvalidOperationException("The tables must be replaced first.");
        var (next, diff) = before.Apply(services);
        if (!diff.IsEmpty)
        {
            var text = new StringBuilder();
            NftWriter.Write(text, diff);
            await ApplyAsync(text.ToString(), cancellationToken);
        }

        _ruleset = next;
        ForgetStaleUdp(services, before, next);
    }

    /// <summary>Notices that the tables are gone or another's, so that the next change replaces them.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (_ruleset is null || _options is null) return;
        foreach (var family in _options.Families)
        {
            string chains = await nftables.ListAsync($"list chains {family.Nft()}", cancellationToken);
            if (chains.Contains(_marker, StringComparison.Ordinal)) continue;
            log.LogWarning("The table {Family} {Table} was changed by somebody else; it is written anew.", family.Nft(), Names.Table);
            _ruleset = null;
            return;
        }
    }

    /// <summary>Removes the tables, and with them every trace of the proxy.</summary>
    public static async Task CleanupAsync(INftables nftables, CancellationToken cancellationToken)
    {
        foreach (string family in new[] { "ip", "ip6" })
        {
            // Adding first makes the deletion succeed where there is no table.
            await nftables.ApplyAsync(
                $"add table {family} {Names.Table}\ndelete table {family} {Names.Table}\n", cancellationToken);
        }
    }

    private async Task ApplyAsync(string commands, CancellationToken cancellationToken)
    {
        // Until the kernel says yes, what it holds is not known.
        _ruleset = null;
        await nftables.ApplyAsync(commands, cancellationToken);
    }

    private void ForgetStaleUdp(IReadOnlyCollection<ServiceRules> services, Ruleset? before, Ruleset next)
    {
        var frontends = services.SelectMany(s => s.Frontends)
            .Concat(services.SelectMany(s => before?.Of(s.Service)?.Frontends ?? []))
            .Select(r => r.Frontend)
            .Where(f => f.Protocol == Protocol.Udp)
            .Distinct()
            .ToDictionary(f => f, next.Find);
        if (frontends.Count == 0) return;
        try
        {
            int forgotten = conntrack.ForgetStaleUdp(frontends);
            if (forgotten > 0) log.LogDebug("Forgot {Count} UDP flows to endpoints that are gone", forgotten);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            log.LogWarning(e, "Cannot read the kernel's flows; UDP clients may keep talking to endpoints that are gone.");
        }
    }
}
