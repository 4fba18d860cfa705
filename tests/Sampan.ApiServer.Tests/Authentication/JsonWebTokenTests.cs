using System.Security.Cryptography;
using System.Text;
using Sampan.ApiServer.Authentication.ServiceAccounts;
using Sampan.ApiServer.Authentication.Tokens;

namespace Sampan.ApiServer.Tests.Authentication;

public sealed class JsonWebTokenTests
{
    private const int Rounds = 5000;

    private static readonly SigningKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    [Fact]
    public void Sign_EveryKeyType_Verifies()
    {
        AsymmetricAlgorithm[] keys =
        [
            RSA.Create(2048), ECDsa.Create(ECCurve.NamedCurves.nistP256), ECDsa.Create(ECCurve.NamedCurves.nistP384),
            ECDsa.Create(ECCurve.NamedCurves.nistP521),
        ];
        foreach (var key in keys)
        {
            var signing = new SigningKey(key);
            var token = JsonWebToken.Parse(signing.Sign("{}"u8))!;
            Assert.True(signing.PublicKey.Verifies(token));
            Assert.False(Key.PublicKey.Verifies(token));
            Assert.Equal(signing.PublicKey.Id, token.KeyId);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.AA")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("eyJhbGciOiJFUzI1NiIsImNyaXQiOltdfQ.e30.AA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9=.e30.AA")]
    public void Parse_BadForm_IsNull(string token) => Assert.Null(JsonWebToken.Parse(token));

    [Fact]
    public void Parse_MutatedTokens_NeverVerifiesAnotherText()
    {
        var good = Key.Sign(Claims());
        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Encoding.ASCII.GetBytes(good);
            for (var i = random.Next(1, 4); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
            var text = Encoding.ASCII.GetString(bytes);
            if (JsonWebToken.Parse(text) is not { } parsed)
                continue;
            _ = ClaimsReader.Read(parsed.Payload);
            if (Key.PublicKey.Verifies(parsed))
                Assert.Equal(SigningPart(good), SigningPart(text));
        }
    }

    [Fact]
    public void Read_RandomClaims_NeverThrows()
    {
        var random = new Random(11);
        var good = Claims();
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = (byte[])good.Clone();
            for (var i = random.Next(1, 6); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _ = ClaimsReader.Read(bytes.AsMemory(0, random.Next(bytes.Length + 1)));
        }
    }

    [Theory]
    [InlineData("""{"exp":1e300}""")]
    [InlineData("""{"exp":-1}""")]
    [InlineData("""{"exp":"soon"}""")]
    [InlineData("""{"aud":{}}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Read_OddClaims_IsNull(string json) => Assert.Null(ClaimsReader.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Read_OwnClaims_RoundTrips()
    {
        var claims = ClaimsReader.Read(Claims())!;
        Assert.Equal("https://issuer", claims.Issuer);
        Assert.Equal(["a", "b"], claims.Audiences);
        Assert.Equal(new ObjectName("nginx", "p"), claims.Pod);
        Assert.Equal(Claims(), claims.ToJson());
    }

    private static byte[] Claims() => new ServiceAccountClaims
    {
        Issuer = "https://issuer",
        Namespace = "web",
        ServiceAccount = new ObjectName("robot", "s"),
        Pod = new ObjectName("nginx", "p"),
        Audiences = ["a", "b"],
        Expires = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000),
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        Id = "7",
    }.ToJson();

    private static string SigningPart(string token) => token[..token.LastIndexOf('.')];
}
