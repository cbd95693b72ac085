/** Pairs of answers, "candidate ≡ reference" or "candidate ≢ reference", one a line, by genre. */
export const answerPairs = String.raw`
# numbers
18 ≡ 18
18.0 ≡ 18
1,234 ≡ 1234
1,234.50 ≡ 1234.5
10{,}000 ≡ 10000
10,\!000 ≡ 10000
12\,345 ≡ 12345
1 234 567 ≡ 1234567
-7 ≡ −7
- 7 ≡ -7
+5 ≡ 5
007 ≡ 7
.5 ≡ 0.5
5. ≡ 5
1e-5 ≡ 0.00001
2.5e3 ≡ 2500
3 \times 10^{8} ≡ 300000000
3 × 10⁸ ≡ 300000000
1.5 \cdot 10^{-3} ≡ 0.0015
$\text{seven}$ ≡ 7
seven ≡ 7
twenty-one ≡ 21
one hundred and five ≡ 105
three quarters ≡ \frac{3}{4}
two and a half ≡ 2.5
**42** ≡ 42
\boxed{42} ≡ 42
$42$ ≡ 42
\(42\) ≡ 42
\[42\] ≡ 42
42. ≡ 42
18 ≢ 19
18 ≢ -18
1,234 ≢ 1.234
0.5 ≢ 0.05
100 ≢ 1000
3 \times 10^{8} ≢ 3 \times 10^{7}
seven ≢ 8
12345678901234567890 ≢ 12345678901234567891
2^{64} ≡ 18446744073709551616
2^{64} ≢ 18446744073709551615
# fractions
3/4 ≡ \frac{3}{4}
\dfrac{3}{4} ≡ \frac34
\tfrac34 ≡ 0.75
\frac{6}{8} ≡ \frac{3}{4}
-\frac{1}{2} ≡ \frac{-1}{2}
\frac{1}{-2} ≡ -\frac12
\frac 3 4 ≡ 3/4
1 1/2 ≡ 3/2
1\frac{1}{2} ≡ 1.5
1 \frac12 ≡ \frac32
½ ≡ 1/2
-2\frac{1}{3} ≡ -\frac{7}{3}
0.\overline{3} ≡ \frac{1}{3}
0.1\overline{6} ≡ \frac16
0.\bar{6} ≡ 2/3
0.333... ≡ \frac13
0.142857142857\ldots ≡ \frac{1}{7}
0.(3) ≡ 1/3
\frac{22}{7} ≡ 3\frac{1}{7}
\left(\frac{2}{3}\right)^2 ≡ \frac49
3/4 ≢ 4/3
\frac{3}{4} ≢ \frac{3}{5}
1\frac{1}{2} ≢ \frac12
-\frac12 ≢ \frac12
0.33 ≢ \frac{1}{3}
0.3333 ≢ \frac13
0.\overline{3} ≢ 0.3
0.\overline{9} ≡ 1
0.66 ≢ 2/3
# rounding to a decimal reference
\frac13 ≡ 0.333
\pi ≡ 3.14
\sqrt{2} ≡ 1.414
3.14159 ≡ 3.14
22/7 ≡ 3.14
1/3 ≢ 0.334
3.1 ≢ 3.14
12.54 ≢ 12.6
2.45 ≢ 2.5
3.14 ≢ \pi
3.14159265358979 ≢ \pi
1.41421356 ≢ \sqrt2
0.5 ≢ 0.52
2.70 ≢ e
# radicals, powers, constants
\sqrt{8} ≡ 2\sqrt{2}
\sqrt8 ≡ 2\sqrt2
2√2 ≡ \sqrt{8}
sqrt(8) ≡ 2*sqrt(2)
\frac{1}{\sqrt{2}} ≡ \frac{\sqrt{2}}{2}
\frac{1}{\sqrt3-1} ≡ \frac{\sqrt3+1}{2}
\sqrt{3+2\sqrt{2}} ≡ 1+\sqrt{2}
\sqrt[3]{27} ≡ 3
\sqrt[3]{-8} ≡ -2
\sqrt[4]{16} ≡ 2
\sqrt[3]{54} ≡ 3\sqrt[3]{2}
8^{2/3} ≡ 4
(-8)^{1/3} ≡ -2
27^{-\frac13} ≡ 1/3
2^{10} ≡ 1024
2^10 ≡ 1024
2**10 ≡ 1024
x^{1/2} ≡ \sqrt{x}
\sqrt{50}+\sqrt{18} ≡ 8\sqrt2
\frac{1+\sqrt{5}}{2} ≡ \frac{2}{\sqrt5-1}
\sqrt{\frac{3}{4}} ≡ \frac{\sqrt3}{2}
2\pi ≡ \pi\cdot 2
\frac{\pi}{2} ≡ \frac12\pi
\frac\pi3 ≡ \pi/3
e^{2} ≡ e\cdot e
e^{i\pi} ≡ -1
\ln(e^3) ≡ 3
\log_2 8 ≡ 3
\log_{10} 1000 ≡ 3
\log_{9}{27} ≡ \frac{3}{2}
\log 100 ≡ 2
\ln 8 ≡ 3\ln 2
5! ≡ 120
\binom{5}{2} ≡ 10
\binom{10}{3} ≡ \frac{10!}{3!7!}
\lfloor 3.7 \rfloor ≡ 3
\lceil 3.2 \rceil ≡ 4
|-5| ≡ 5
\left|-\frac12\right| ≡ \frac12
4\pi r^2 ≡ 4r^2\pi
\sqrt{8} ≢ 2\sqrt{3}
\sqrt{2}+\sqrt{3} ≢ \sqrt{5}
\sqrt{2}+\sqrt3 ≢ \sqrt{10}
\sqrt[3]{9} ≢ 3
2\pi ≢ \pi
\pi^2 ≢ 2\pi
e^2 ≢ 2e
5! ≢ 60
\binom{5}{2} ≢ 20
\log_2 8 ≢ \log_8 2
-\sqrt2 ≢ \sqrt2
1-\sqrt{2} ≢ \sqrt2-1
2^{11} ≢ 1024
# formulas with variables
2x+1 ≡ 1+2x
(x+1)^2 ≡ x^2+2x+1
(x-1)(x+1) ≡ x^2-1
\frac{x^2-1}{x-1} ≡ x+1
\frac{1}{x}+\frac1y ≡ \frac{x+y}{xy}
x^2y ≡ yx^2
2(x+3) ≡ 2x+6
\frac{x}{2} ≡ 0.5x
\frac{1}{2}x ≡ x/2
(a+b)^3 ≡ a^3+3a^2b+3ab^2+b^3
x(x+1)(x+2) ≡ x^3+3x^2+2x
\sin^2 x+\cos^2 x ≡ 1
\sin 2x ≡ 2\sin x\cos x
\cos 2\theta ≡ 1-2\sin^2\theta
\tan x ≡ \frac{\sin x}{\cos x}
\sec^2 x ≡ 1+\tan^2 x
e^{x+y} ≡ e^xe^y
\ln(xy) ≢ \ln x
2^{n+1} ≡ 2\cdot 2^n
4^n ≡ 2^{2n}
\frac{n(n+1)}{2} ≡ \frac{n^2+n}{2}
n! ≡ n(n-1)!
\sqrt{x^2} ≡ |x|
x\sqrt{x} ≡ x^{3/2}
-x+3 ≡ 3-x
x_1+x_2 ≡ x_{2}+x_1
\alpha\beta ≡ \beta\alpha
3x^2 - 2x ≡ x(3x-2)
\frac{2x}{4} ≡ \frac{x}{2}
(2x)^3 ≡ 8x^3
\sinh x ≡ \frac{e^x-e^{-x}}{2}
\arctan 1 ≡ \frac{\pi}{4}
\sin^{-1}(1) ≡ \frac{\pi}{2}
\frac{1}{1+\frac1x} ≡ \frac{x}{x+1}
x^{100}+1 ≢ x^{100}
2x+1 ≢ 2x-1
(x+1)^2 ≢ x^2+1
x^2y ≢ xy^2
\frac{x+y}{2} ≢ x+\frac y2
\sin 2x ≢ 2\sin x
\cos^2 x ≢ \cos 2x
\ln x^2 ≢ 2\ln 2x
e^{2x} ≢ 2e^x
2^{n+1} ≢ 2^n+1
a-b ≢ b-a
x ≢ y
\sqrt{x^2} ≢ x
\frac{n(n+1)}{2} ≢ \frac{n(n-1)}{2}
x^3 ≢ 3x
3x ≢ 3
x+305175781250000000001 ≢ x+305175781250000000000
1/2x ≢ 2x
# complex numbers
3+4i ≡ 4i+3
(1+i)^2 ≡ 2i
\frac{1}{i} ≡ -i
i^2 ≡ -1
\sqrt{-4} ≡ 2i
|3+4i| ≡ 5
3+4i ≢ 3-4i
3+4i ≢ 4+3i
2i ≢ 2
# several answers
2, -3 ≡ -3, 2
x = 2 \text{ or } x = -3 ≡ -3, 2
x=2, x=-3 ≡ \{2,-3\}
2 and 3 ≡ 3 and 2
$2$ and $3$ ≡ 3, 2
\{1,2,3\} ≡ \{3,2,1\}
\{1, 1, 2\} ≡ \{1,2\}
\left\{ \frac12, 2 \right\} ≡ \{2, 0.5\}
1 \pm \sqrt{2} ≡ 1+\sqrt2, 1-\sqrt2
x = \pm 3 ≡ x = 3 \text{ or } x = -3
\pm 2 ≡ -2, 2
\frac{1\pm\sqrt5}{2} ≡ \frac{1-\sqrt5}{2}, \frac{1+\sqrt5}{2}
1, 2, 3, 4 ≡ 1,2,3,4
\emptyset ≡ \{\}
∅ ≡ \emptyset
no solution ≡ \emptyset
x = 1, y = 2 ≡ (1, 2)
y = 2, x = 1 ≡ x = 1, y = 2
\{5\} ≡ 5
2 ≢ 2, -3
2, -3 ≢ 2, 3
\{1,2\} ≢ \{1,2,3\}
\{1,2\} ≢ \{1,3\}
x = 2 ≢ x = 2 \text{ or } x = -3
\pm 3 ≢ 3
1 \pm \sqrt2 ≢ 1 \pm \sqrt3
1, 2 ≢ 1, 2, 2
x = 2, y = 1 ≢ x = 1, y = 2
\emptyset ≢ 0
# tuples and vectors
(1, 2) ≡ (1,2)
\left(\frac{1}{2}, 3\right) ≡ (0.5, 3)
(1,2,3) ≡ \left( 1, 2, 3 \right)
\langle 1, 2 \rangle ≡ (1,2)
\begin{pmatrix} 1 \\ 2 \end{pmatrix} ≡ (1,2)
\begin{pmatrix} 1 & 2 \end{pmatrix} ≡ (1, 2)
(3, \frac{\pi}{2}) ≡ \left(3, \frac{\pi}{2} \right)
(1,2), (3,4) ≡ (3,4), (1,2)
(2\sqrt{2}, -1) ≡ (\sqrt 8, -1)
\begin{pmatrix} 1/2 \\ -1 \end{pmatrix} ≡ \begin{bmatrix} 0.5 \\ -1 \end{bmatrix}
(1, 2) ≢ (2, 1)
(1, 2) ≢ (1, 3)
(1, 2) ≢ (1, 2, 3)
(1, 2) ≢ \{1, 2\}
(1,2), (3,4) ≢ (1,2), (4,3)
(1, -2) ≢ (1, 2)
\begin{pmatrix} 1 \\ 2 \end{pmatrix} ≢ \begin{pmatrix} 2 \\ 1 \end{pmatrix}
# matrices
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ≡ \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}
\begin{pmatrix} \frac{1}{2} & 0 \\ 0 & 1 \end{pmatrix} ≡ \begin{pmatrix} 0.5 & 0 \\ 0 & 1 \end{pmatrix}
\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array} ≡ \begin{pmatrix} 1 & 2 \\ 3 & 4 \\ \end{pmatrix}
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ≢ \begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ≢ \begin{pmatrix} 1 & 2 \\ 3 & 5 \end{pmatrix}
\begin{pmatrix} 1 & 2 \end{pmatrix} ≢ \begin{pmatrix} 1 \\ 2 \end{pmatrix}
\begin{pmatrix} 1 & 2 & 3 & 4 \end{pmatrix} ≢ \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
# intervals and inequalities
(1, 2] ≡ 1 < x \le 2
[1,2) ≡ \left[1, 2\right)
[0, \infty) ≡ x \ge 0
(-\infty, 3) ≡ x < 3
3 > x ≡ x < 3
(-\infty, -1) \cup (1, \infty) ≡ x < -1 \text{ or } x > 1
(1,3) ∪ (5,7) ≡ (5,7) \cup (1,3)
(1,3)U(5,7) ≡ (1,3) \cup (5,7)
[1,2] \cup [2,3] ≡ [1,3]
x \in [2, 5] ≡ [2,5]
2 \leq x \leq 5 ≡ [2,5]
2 <= x <= 5 ≡ [2,5]
\mathbb{R} ≡ (-\infty, \infty)
all real numbers ≡ \mathbb{R}
\mathbb{R} \setminus \{1\} ≡ (-\infty,1)\cup(1,\infty)
x \ne 1 ≡ (-\infty,1)\cup(1,\infty)
\{x \mid x > 3\} ≡ (3,\infty)
x > 1 \text{ and } x < 2 ≡ (1,2)
[\frac12, \sqrt{2}] ≡ [0.5, \sqrt{2}]
(0, \infty) ≡ (0, +\infty)
[1, 2] ≢ (1, 2)
(1, 2] ≢ [1, 2)
[1,2) ≢ [1,3)
x > 3 ≢ x \ge 3
x < 3 ≢ x > 3
(-\infty,3) ≢ (-\infty,3]
(1,3) \cup (5,7) ≢ (1,3) \cup (5,8)
(1,3) \cup (5,7) ≢ (1,7)
x > 3 ≢ y > 3
\mathbb{R} ≢ [0,\infty)
x \ne 1 ≢ x \ne 2
[0,1] ≢ [0,1] \cup \{2\}
# equations
y = 2x+1 ≡ 2x+1
y = 2x + 1 ≡ y = 1 + 2x
x = 5 ≡ 5
5 = x ≡ x = 5
f(x) = x^2 ≡ x^2
2x - y + 1 = 0 ≡ y = 2x+1
x^2+y^2 = 25 ≡ 25 = y^2 + x^2
2x+4y = 6 ≡ x + 2y = 3
y > 2x+1 ≡ 2x + 1 < y
x = \frac{1}{2} = 0.5 ≡ 0.5
\frac{22}{7} \approx 3.14 ≡ \frac{22}{7}
x \approx 3.14 ≡ 3.14
A = \pi r^2 ≡ \pi r^2
y = 2x+1 ≢ y = 2x-1
y = 2x+1 ≢ x = 2y+1
x = 5 ≢ y = 5
x = 5 ≢ 6
x^2+y^2=25 ≢ x^2+y^2=5
x^2+y^2=25 ≢ x^2-y^2=25
y > 2x+1 ≢ y < 2x+1
y > 2x+1 ≢ y \ge 2x+1
y = 2x+1 ≢ 2x
# units
5 cm ≡ 5
5 \text{ cm} ≡ 5\text{cm}
5 cm ≡ 50 mm
5\,\mathrm{m} ≡ 500 \text{ cm}
5m ≡ 5 \text{ m}
2 hours ≡ 120 minutes
1.5 \text{ kg} ≡ 1500 \text{ g}
3 \text{ m/s} ≡ 10.8 \text{ km/h}
12 \text{ square inches} ≡ 12 \text{ in}^2
12\ \text{cm}^2 ≡ 12
60 miles per hour ≡ 60 mph
9.8 \text{ m/s}^2 ≡ 9.8
18 dollars ≡ $18
$18 ≡ 18
\$18.50 ≡ 18.5
$1,000 ≡ 1000
50 cents ≡ $0.50
€5 ≡ 5 euros
18 eggs ≡ 18
18 duck eggs ≡ 18 eggs
5 N ≡ 5 \text{ newtons}
1 \text{ ft} ≡ 12 \text{ inches}
10 J ≡ 10 \text{ N m}
25 °C ≡ 25
seven apples ≡ 7
5 cm ≢ 5 mm
5 m ≢ 5 \text{ m}^2
5 cm ≢ 6 cm
5 m ≢ 5 s
2 hours ≢ 2 minutes
$18 ≢ $19
5 dollars ≢ 5 cents
3 kg ≢ 3 g
25 °C ≢ 25 °F
5 cm ≢ 0.5 mm
# percent and degrees
50% ≡ 50\%
50\% ≡ \frac{1}{2}
0.5 ≡ 50%
50 ≡ 50\%
12.5\% ≡ 1/8
50 percent ≡ 50%
30° ≡ 30^\circ
30^{\circ} ≡ 30
30 degrees ≡ 30^\circ
30° ≡ \frac{\pi}{6}
180° ≡ \pi
\sin 30° ≡ \frac12
\cos 60^\circ ≡ 0.5
\tan(45^\circ) ≡ 1
50% ≢ 5%
50 ≢ 0.5
50\% ≢ 0.05
30° ≢ \frac{\pi}{3}
30° ≢ 60°
\frac{\pi}{6} ≢ 30
\sin 30 ≢ \frac12
# bases, ratios, times
12_8 ≡ 12_{8}
101_2 ≡ 101_{\text{two}}
2A3_{16} ≡ 2a3_{16}
52_8 ≡ 52
3:4 ≡ 6:8
3:4 ≡ \frac34
1:2:3 ≡ 2:4:6
3 : 4 ≡ 3:4
3:30 p.m. ≡ 3:30 PM
12:45 ≡ 12:45
7 pm ≡ 7:00 p.m.
12_8 ≢ 12_9
12_8 ≢ 13_8
10_2 ≢ 2
3:4 ≢ 4:3
3:30 pm ≢ 3:30 am
3:30 ≢ 3:45
1:2:3 ≢ 1:3:2
# words and choices
Yes ≡ yes
\text{Yes} ≡ yes
No. ≡ no
True ≡ true
\text{east} ≡ East
(C) ≡ C
\text{(C)} ≡ C
\textbf{(C)} ≡ (C)
C. ≡ (C)
(C) 12 ≡ C
(C) 12 ≡ 12
\textbf{(C)}\ 12 ≡ \text{C}
the circle ≡ circle
Evelyn ≡ \text{Evelyn}
\text{ellipse} ≡ ellipse
\text{odd} ≡ odd
Yes ≢ No
(C) ≢ (D)
(C) 12 ≢ D
(C) 12 ≢ 13
east ≢ west
ellipse ≢ circle
infinity ≡ \infty
\infty ≢ -\infty
\infty ≢ 0
Yes ≢ 1
# textbook, olympiad
\frac{\sqrt{6}+\sqrt{2}}{4} ≡ \cos 15^\circ
\frac{1}{2}\ln 3 ≡ \ln\sqrt{3}
2^{2007}\cdot 3 ≡ 2^{2008}+2^{2007}
\frac{2^{10}-1}{2-1} ≡ 1023
\frac{(2n)!}{n!n!} ≡ \binom{2n}{n}
\sqrt{2+\sqrt{3}} ≡ \frac{\sqrt6+\sqrt2}{2}
\frac{\pi^2}{6} ≢ \frac{\pi^2}{8}
2^{2008} ≢ 2^{2007}
\frac{1}{3}\pi r^2h ≡ \frac{\pi r^2 h}{3}
v = \sqrt{2gh} ≡ \sqrt{2gh}
\frac{mv^2}{2} ≡ \frac12 mv^2
-\frac{b}{2a} ≡ \frac{-b}{2a}
x=\frac{-b\pm\sqrt{b^2-4ac}}{2a} ≡ \frac{-b+\sqrt{b^2-4ac}}{2a}, \frac{-b-\sqrt{b^2-4ac}}{2a}
e^{-x}\cos x ≡ \frac{\cos x}{e^x}
xe^x - e^x + C ≡ e^x(x-1) + C
\frac{x^3}{3}+C ≢ \frac{x^3}{3}
\frac{x^3}{3} + C ≢ \frac{x^2}{3}+C
10\sqrt{3}\text{ cm} ≡ \frac{30}{\sqrt3}
6\sqrt{2} ≢ 6\sqrt{3}
\frac{9}{7} ≢ \frac{7}{9}
1999 ≢ 1998
\frac{1}{\binom{52}{5}} ≡ \frac{1}{2598960}
\max(3,7) ≡ 7
\gcd(12,18) ≡ 6
`;
