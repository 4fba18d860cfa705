using System.Text;
using Sampan.ApiServer.Audit;

namespace Sampan.ApiServer.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-audit-").FullName;
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Write_Events_AppendsLines()
    {
        WriteAll(new AuditOptions { LogPath = Path }, 2, 10);
        WriteAll(new AuditOptions { LogPath = Path }, 1, 10);
        Assert.Equal(3, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void Write_FileFull_PutsItAsideAndKeepsTheNewest()
    {
        WriteAll(new AuditOptions { LogPath = Path, MaxMegabytes = 1, MaxBackups = 2 }, 12, 600_000);
        var backups = Directory.GetFiles(_directory, "audit-*.log");
        Assert.Equal(2, backups.Length);
        Assert.All(backups, backup => Assert.InRange(new FileInfo(backup).Length, 1, 1024 * 1024));
    }

    [Fact]
    public void Write_OldBackups_AreRemoved()
    {
        var old = System.IO.Path.Combine(_directory, "audit-1960-01-01T00-00-00.000.log");
        File.WriteAllText(old, "");
        WriteAll(new AuditOptions { LogPath = Path, MaxMegabytes = 1, MaxDays = 1 }, 3, 600_000);
        Assert.False(File.Exists(old));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Path => System.IO.Path.Combine(_directory, "audit.log");

    private void WriteAll(AuditOptions options, int count, int size)
    {
        using var log = new AuditLog(options, _time);
        for (var i = 0; i < count; i++)
        {
            log.Write(Encoding.UTF8.GetBytes(new string('x', size)));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
