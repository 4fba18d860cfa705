using Sampan.Network.Dns.Message;
using Sampan.Network.Dns.Server;
using Sampan.Testing.Fakes;

namespace Sampan.Network.Tests.Dns;

public sealed class QueryHandlerTests : IDisposable
{
    private readonly DnsFixture _dns = new();

    public QueryHandlerTests() => _dns.Add(Objects.Service("web", "10.96.0.9"));

    public void Dispose() => _dns.Dispose();

    [Fact]
    public void TryAnswer_RandomBytes_NeverThrowsAndEnds()
    {
        var random = new Random(1);
        byte[] key = new byte[QueryHandler.KeySize], answer = new byte[4096];
        for (int i = 0; i < 300_000; i++)
        {
            byte[] packet = new byte[random.Next(80)];
            random.NextBytes(packet);
            if (packet.Length > 5 && i % 2 == 0) (packet[2], packet[3], packet[4], packet[5]) = (1, 0, 0, 1);
            Assert.InRange(_dns.Handler.TryAnswer(packet, key, answer, udp: true), -1, 512 + 0);
        }
    }

    [Fact]
    public void TryAnswer_MutatedQueries_NeverThrowAndEchoTheId()
    {
        var random = new Random(2);
        byte[] key = new byte[QueryHandler.KeySize], answer = new byte[4096];
        for (int i = 0; i < 200_000; i++)
        {
            byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A, 1232);
            for (int j = random.Next(4); j >= 0; j--) packet[random.Next(2, packet.Length)] = (byte)random.Next(256);
            packet = packet[..random.Next(12, packet.Length + 1)];
            int length = _dns.Handler.TryAnswer(packet, key, answer, udp: true);
            if (length > 0) Assert.Equal(packet[..2], answer[..2]);
        }
    }

    [Fact]
    public void Read_RandomAnswers_NeverThrow()
    {
        var random = new Random(3);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] message = new byte[random.Next(12, 120)];
            random.NextBytes(message);
            (message[4], message[5], message[6], message[8], message[10]) = (0, 1, 0, 0, 0);
            Network.Dns.Forwarding.UpstreamAnswer.TryRead(message)?.ExpandAnswers(0).Count();
            DnsName.Expand(message, random.Next(message.Length));
        }
    }

    [Theory]
    [InlineData(0x28, 0x00, "NotImplemented")]
    [InlineData(0x01, 0x00, "NoError")]
    public void TryAnswer_Opcode_Decides(byte flags1, byte flags2, string code)
    {
        byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A);
        (packet[2], packet[3]) = (flags1, flags2);
        Assert.Equal(code, DnsClient.Read(_dns.AskRaw(packet))[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void TryAnswer_NotOneQuestion_IsMalformed(byte questions)
    {
        byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A);
        packet[5] = questions;
        Assert.Equal(["FormatError"], DnsClient.Read(_dns.AskRaw([.. packet, .. packet[12..]])));
    }

    [Theory]
    [InlineData("cluster.local", "Axfr")]
    [InlineData("cluster.local", "Ixfr")]
    [InlineData("96.10.in-addr.arpa", "Axfr")]
    [InlineData("example.com", "Axfr")]
    public void TryAnswer_Transfer_IsRefused(string zone, string type)
    {
        byte[] packet = DnsClient.Query(zone, Enum.Parse<RecordType>(type));
        Assert.Equal(["Refused"], DnsClient.Read(_dns.AskRaw(packet)));
        Assert.Equal(["Refused"], DnsClient.Read(_dns.AskRaw(packet, udp: false)));
    }

    [Theory]
    [InlineData("web.default.svc.cluster.local", "NoError A 10.96.0.9")]
    [InlineData("10-244-0-5.default.pod.cluster.local", "NoError Soa ")]
    [InlineData("none.default.svc.cluster.local", "NameError Soa ")]
    public void TryAnswer_Any_IsAnsweredWithOneSetOfRecords(string name, string answer) =>
        Assert.Equal(answer, string.Join(' ', _dns.Ask(name, RecordType.Any)));

    [Fact]
    public void TryAnswer_Spelling_ComesBackAsItCame()
    {
        byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A);
        for (int i = 13; i < packet.Length - 5; i += 2)
        {
            if (packet[i] is >= (byte)'a' and <= (byte)'z') packet[i] -= 32;
        }

        var answer = _dns.AskRaw(packet);
        Assert.True(answer[12..packet.Length].SequenceEqual(packet.AsSpan(12)));
        Assert.Equal(["NoError", "A 10.96.0.9"], DnsClient.Read(answer));
    }

    [Fact]
    public void TryAnswer_Flags_AreThoseOfAnAuthority()
    {
        byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A);
        packet[3] = 0x10;
        var answer = _dns.AskRaw(packet);

        // Response, authoritative, recursion desired │ available, checking disabled.
        Assert.Equal((0x85, 0x90), (answer[2], answer[3]));
        packet[2] = 0;
        Assert.Equal(0x84, _dns.AskRaw(packet)[2]);
    }

    [Fact]
    public void TryAnswer_Edns_IsSpokenToWhoSpeaksIt()
    {
        byte[] plain = DnsClient.Query("web.default.svc.cluster.local", RecordType.A);
        Assert.Equal(0, DnsRecords.Count(_dns.AskRaw(plain), 10));
        byte[] edns = DnsClient.Query("web.default.svc.cluster.local", RecordType.A, 4096);
        edns[^4] = 0x80;
        var opt = _dns.AskRaw(edns)[^11..];
        Assert.Equal([0, 0, 41, 1232 >> 8, 1232 & 0xff, 0, 0, 0x80, 0, 0, 0], opt.ToArray());
    }

    [Fact]
    public void TryAnswer_ChaosClass_IsRefused()
    {
        byte[] packet = DnsClient.Query("version.bind", RecordType.Txt);
        packet[^1] = 3;
        Assert.Equal(["Refused"], DnsClient.Read(_dns.AskRaw(packet)));
    }

    [Fact]
    public void TryAnswer_UnknownEdnsVersion_IsSaid()
    {
        byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A, 1232);
        packet[^5] = 1;
        var answer = _dns.AskRaw(packet);
        Assert.Equal(1, answer[^6]);
        Assert.Equal(0, answer[3] & 15);
    }

    [Fact]
    public void TryAnswer_TwoOptRecords_AreMalformed()
    {
        byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A, 1232);
        packet[11] = 2;
        Assert.Equal(["FormatError"], DnsClient.Read(_dns.AskRaw([.. packet, .. packet[^11..]])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(65535)]
    public void TryAnswer_EdnsOfAnySize_IsNeverBelowWhatAllCanTakeNorAboveWhatPasses(int size)
    {
        _dns.Add(Objects.Service("db", "None"), Objects.Slice("db", 80, [.. Enumerable.Range(1, 200).Select(i => $"10.244.0.{i}")]));
        byte[] packet = DnsClient.Query("db.default.svc.cluster.local", RecordType.A, 1232);
        (packet[^8], packet[^7]) = ((byte)(size >> 8), (byte)size);
        Assert.InRange(_dns.AskRaw(packet).Length, 400, size > 1232 ? 1232 : 512);
    }

    [Fact]
    public void TryAnswer_Response_IsIgnored()
    {
        byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A);
        packet[2] |= 0x80;
        Assert.Equal(0, _dns.Handler.TryAnswer(packet, new byte[QueryHandler.KeySize], new byte[512], udp: true));
    }

    [Fact]
    public void TryAnswer_KnownName_AllocatesNothing()
    {
        byte[] packet = DnsClient.Query("web.default.svc.cluster.local", RecordType.A, 1232);
        byte[] key = new byte[QueryHandler.KeySize], answer = new byte[4096];
        for (int i = 0; i < 1000; i++) _dns.Handler.TryAnswer(packet, key, answer, udp: true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) _dns.Handler.TryAnswer(packet, key, answer, udp: true);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100);
    }
}
