using System.Text;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;
using Sampan.Proxy.Sync;

namespace Sampan.Proxy.Policies;

/// <summary>Keeps the kernel's tables of policies equal to what the API says.</summary>
internal sealed class PolicyWriter(PolicySource source, KernelTable table, DirtyKeys<PolicyKey> dirty, IReadOnlyList<IPFamily> families) : IRuleWriter
{
    private PolicyTables? _tables;

    public bool HasLeftovers => false;

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => dirty.WaitAsync(atMost, cancellationToken);

    public void Wake() => dirty.Wake();

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => source.WaitForSyncAsync(cancellationToken);

    public void Invalidate() => _tables = null;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (_tables is not null && !await table.IsIntactAsync(families, cancellationToken)) _tables = null;
    }

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var keys = dirty.Take();
        if (_tables is null)
        {
            var text = new StringBuilder();
            string marker = KernelTable.NewMarker();
            var tables = new PolicyTables(families);
            foreach (var family in families) PolicySkeleton.Write(text, family, marker);
            NftWriter.Write(text, tables.Apply(source.Everything()), table.Name);
            await table.ReplaceAsync(text.ToString(), marker, cancellationToken);
            _tables = tables;
            return;
        }

        var diff = _tables.Apply(source.Changes(keys));
        foreach (string step in NftWriter.Steps(diff, table.Name)) await table.ChangeAsync(step, cancellationToken);
    }
}
