using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// Units of systemd, through the programs that come with it. <c>busctl</c> takes properties as systemd's own interface has them;
/// <c>systemctl</c> waits until the work on a unit is done.
/// </summary>
internal sealed class SystemdUnits(ICommands commands)
{
    private const string Bus = "org.freedesktop.systemd1";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> NoEnvironment = [];

    /// <summary>Makes a unit that lasts until it is stopped or the machine goes down.</summary>
    /// <exception cref="IOException">There is such a unit, or systemd does not make it.</exception>
    public Task CreateAsync(string unit, IEnumerable<UnitProperty> properties, CancellationToken cancellationToken) =>
        CallAsync("StartTransientUnit", "ssa(sv)a(sa(sv))", [unit, "replace", .. Words(properties), "0"], cancellationToken);

    /// <summary>Waits until the unit runs; one that does already is no error.</summary>
    /// <exception cref="IOException">It could not be started.</exception>
    public Task StartAsync(string unit, CancellationToken cancellationToken) => RunAsync("systemctl", ["start", "--", unit], cancellationToken);

    /// <summary>Changes a unit until the machine goes down: a reload of systemd's configuration does not take it back.</summary>
    /// <exception cref="IOException">systemd does not take it.</exception>
    public Task ChangeAsync(string unit, IEnumerable<UnitProperty> properties, CancellationToken cancellationToken) =>
        CallAsync("SetUnitProperties", "sba(sv)", [unit, "true", .. Words(properties)], cancellationToken);

    /// <summary>Ends a unit with all that is in it, and waits for that. What systemd does not have any more is no error.</summary>
    public async Task StopAsync(string unit, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("systemctl", ["stop", "--", unit], cancellationToken);
        }
        catch (IOException)
        {
            await ForgetFailureAsync(unit, cancellationToken);
        }
    }

    /// <summary>A unit that failed stays in memory until somebody has taken note.</summary>
    private async Task ForgetFailureAsync(string unit, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("systemctl", ["reset-failed", "--", unit], cancellationToken);
        }
        catch (IOException)
        {
            // It is not there; were it, its group could not be removed, and that is told.
        }
    }

    private static IEnumerable<string> Words(IEnumerable<UnitProperty> properties)
    {
        var list = properties.ToList();
        return list.SelectMany(p => p.Words).Prepend(list.Count.ToString());
    }

    private Task CallAsync(string method, string signature, string[] arguments, CancellationToken cancellationToken) => RunAsync(
        "busctl",
        [$"--timeout={Limit.TotalSeconds:0}", "--quiet", "--", "call", Bus, "/org/freedesktop/systemd1", $"{Bus}.Manager", method, signature, .. arguments],
        cancellationToken);

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            await commands.RunAsync(program, arguments, NoEnvironment, "", Limit + TimeSpan.FromSeconds(1), cancellationToken);
        }
        catch (IOException e)
        {
            throw new IOException($"systemd did not change control groups: {e.Message}{Advice(e.Message)}", e);
        }
    }

    private static string Advice(string failure) =>
        failure.Contains("cannot be started", StringComparison.Ordinal) ? "; install systemd's programs (busctl, systemctl), or use cgroupfs in the container runtime and in cgroupDriver"
        : failure.Contains("connect to bus", StringComparison.Ordinal) ? "; see that the system's D-Bus runs (systemctl status dbus)"
        : "";
}
